from acupwa.operate.cli import main

raise SystemExit(main())
