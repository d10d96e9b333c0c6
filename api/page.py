"""The built page: its files, and `index.html` for every address that is not of the interface."""

import secrets
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.staticfiles import StaticFiles

from api.headers import policy
from api.problems import problem

_NONCE = "CSP_NONCE"  # what Vite writes into index.html (web/vite.config.ts)


def serve_page(app: FastAPI, folder: Path) -> None:
    """The page at `/`; without one, a word on how to build it."""
    index = folder / "index.html"
    if not index.is_file():

        @app.get("/", include_in_schema=False)
        def no_page() -> Response:
            return problem(404, "页面还没有构建：请运行 make setup")

        return
    app.mount("/assets", StaticFiles(directory=folder / "assets"), name="assets")

    @app.get("/{path:path}", include_in_schema=False)
    def page(path: str) -> Response:
        # The page routes in the browser; what looks like an API address never falls back to it.
        if path.startswith("api/"):
            return problem(404, "没有这个地址")
        file = (folder / path).resolve()
        if path and file != index and file.is_file() and file.is_relative_to(folder.resolve()):
            return FileResponse(file)
        nonce = secrets.token_urlsafe(18)
        html = index.read_text(encoding="utf-8").replace(_NONCE, nonce)
        return HTMLResponse(html, headers={"Cache-Control": "no-store", "Content-Security-Policy": policy(nonce)})
