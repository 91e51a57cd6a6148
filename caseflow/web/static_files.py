"""Style sheets, scripts and icons: the only answers a browser may keep."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Flask, Response, send_from_directory

from caseflow.web.guards import public

FOLDER: Final = Path(__file__).resolve().parent.parent / "static"


def install(app: Flask) -> None:
    """Serves the folder `static` under its usual endpoint, with GET and HEAD only."""

    @public("style sheets, scripts and icons; the same for everybody")
    def static(filename: str) -> Response:
        response = send_from_directory(FOLDER, filename)
        vendored = filename.startswith("vendor/")
        response.headers["Cache-Control"] = "max-age=86400" if vendored else "no-cache"
        return response

    app.add_url_rule("/static/<path:filename>", "static", static, methods=["GET"])
