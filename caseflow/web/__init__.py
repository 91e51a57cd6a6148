"""Pages: guards, forms, views. Sees services and the domain, never a store."""

from __future__ import annotations

from flask import Flask

from caseflow.services.houses import House


def furnish(app: Flask, house: House) -> None:
    """Gives an application its visits, guards, headers, languages, error pages and every view.

    Raises `guards.UnguardedView` where a view says neither what it requires nor why it is public.
    """
    from caseflow.web import (
        errors,
        formatting,
        guards,
        headers,
        languages,
        pages,
        sealing_notices,
        sign_ins,
        static_files,
        views,
        visits,
    )

    app.extensions["caseflow"] = house
    visits.install(app, house)
    sign_ins.install(app)
    languages.install(app)
    formatting.install(app)
    headers.install(app, house)
    errors.install(app)
    pages.install(app)
    sealing_notices.install(app)
    static_files.install(app)
    for blueprint in views.blueprints():
        app.register_blueprint(blueprint)
    guards.check(app)
