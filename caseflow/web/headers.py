"""What every answer tells the browser, and which requests are refused because of where they come from."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from caseflow.services.houses import House

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types default",
    )
)
SWITCHED_OFF: Final = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
ALWAYS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in SWITCHED_OFF),
    "X-Robots-Tag": "noindex, nofollow",
}
TWO_YEARS: Final = "max-age=63072000; includeSubDomains"
SAFE_METHODS: Final = frozenset({"GET", "HEAD"})


def install(app: Flask, house: House) -> None:
    """Adds the headers to every answer, and refuses changes that another site asked for."""
    https = house.settings.serving.https

    # First of all checks, so that a foreign request meets nothing else.
    app.before_request_funcs.setdefault(None, []).insert(0, refuse_other_sites)

    @app.after_request
    def tell(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers[name] = value
        if https:
            response.headers["Strict-Transport-Security"] = TWO_YEARS
        if request.endpoint != "static" or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        return response


def refuse_other_sites() -> None:
    """Refuses an unsafe request from another site with 400, before the token of its form is looked at.

    Browsers say where a request comes from in `Sec-Fetch-Site`; one that does not say so sends `Origin`.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(400)
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin)[:2] != urlsplit(request.host_url)[:2]:
        abort(400)
