"""`python -m tools.house [folder]`: circles, two-way pairs, sizes and all other faults of the house, as the tests see them.

`folder` is the package's own (`src/acupwa`). Non-zero when there is a fault.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.house import table
from tests.house.judge import all_faults, stale_exceptions
from tests.house.tree import Tree
from tests.support.paths import SRC


def main(arguments: Sequence[str]) -> int:
    tree = Tree(Path(arguments[0]) if arguments else SRC)
    faults = all_faults(tree)
    for fault in faults:
        print(fault)
    for check, subject in stale_exceptions(tree):
        print(f"exception left over: {check}: {subject}")
    sizes = sorted(module.lines for module in tree.modules.values())
    lengths = sorted(one.lines for module in tree.modules.values() for one in module.functions)
    counted = Counter(fault.check for fault in faults)
    print(f"{len(sizes)} files, {sum(sizes)} lines: median {sizes[len(sizes) // 2]}, longest {sizes[-1]}")
    print(f"{len(lengths)} functions: median {lengths[len(lengths) // 2]} lines, longest {lengths[-1]}")
    print(f"import circles {counted['circle']}, two-way pairs {counted['two-way pair']}")
    print(
        f"files over {table.MOST_LINES} lines {counted['file size']}, functions over {table.MOST_FUNCTION_LINES} {counted['function size']}"
    )
    print(f"faults {len(faults)}: {', '.join(f'{check} {count}' for check, count in counted.items()) or 'none'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
