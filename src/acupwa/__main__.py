from acupwa.cli import main

raise SystemExit(main())
