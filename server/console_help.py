"""The help page of the console: the foot of every page leads to it."""

from flask import Blueprint, render_template

__all__ = ["blueprint"]

blueprint = Blueprint("console_help", __name__, url_prefix="/console")


@blueprint.get("/help")
def show_help() -> str:
    """Say what each area is for, how to use keys, and how to tell us what is wrong; to anybody, signed in or not."""
    return render_template("console_help.html")
