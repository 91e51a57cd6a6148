"""Case management for shelter and counselling programmes, behind a firewall.

This file is the application factory: the one place that joins the rooms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from caseflow.settings import Settings
    from caseflow.storage.keyring import Keyring, OperationsKeys

LARGEST_REQUEST = 1024 * 1024


def create_app(settings: Settings, keyring: Keyring, keys: OperationsKeys) -> Flask:
    """The web application of one instance, every vault sealed; its house becomes the current one.

    Raises `StoreRefused`, `ConfigurationRefused` and `web.guards.UnguardedView` before it serves anything.
    """
    # Imported here, so that reading one room does not load them all.
    from flask import Flask
    from flask_sqlalchemy import SQLAlchemy
    from jinja2 import StrictUndefined
    from werkzeug.middleware.proxy_fix import ProxyFix

    from caseflow import web
    from caseflow.services import account_keys, houses
    from caseflow.services.houses import House
    from caseflow.storage import engines, stores

    stores.check(settings.instance, keys)
    app = Flask("caseflow", static_folder=None, instance_path=str(settings.instance.absolute()))
    app.config.update(
        SECRET_KEY=account_keys.derived(keys, "web"),
        SQLALCHEMY_BINDS=stores.binds(settings.instance, keys),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        PROVIDE_AUTOMATIC_OPTIONS=False,
    )
    app.jinja_env.undefined = StrictUndefined
    # Named stores only and no default bind: SQL that names no store raises.
    database = SQLAlchemy(app)
    with app.app_context():
        opened = {kind: database.engines[kind] for kind in stores.OPERATIONS_STORES}
    for store in opened.values():
        engines.hooked(store)
    house = House.of(settings, stores.Stores(settings.instance, keyring, keys, opened))
    houses.enter(house)
    web.furnish(app, house)
    if settings.serving.trusted_proxies:
        count = settings.serving.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    return app
