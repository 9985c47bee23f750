"""What was added for a portfolio's requirements before portfolios had pieces becomes pieces, in the order added."""

import tomllib

from django.db import migrations


def _homes(texts):
    """Requirement -> the portfolio in which it is shown, from an edition's own text."""
    read = {name: tomllib.loads(text) for name, text in texts.items() if name in ("scheme.toml", "requirements.toml")}
    stages = {
        one.get("assessed"): one.get("id")
        for one in read.get("scheme.toml", {}).get("stages", ())
        if one.get("kind") == "portfolio"
    }
    asked = [one for text in read.values() for one in text.get("requirement", ())]
    return {one["id"]: stages[one["assessed"]] for one in asked if one.get("assessed") in stages}


def make_pieces(apps, schema_editor):
    items = apps.get_model("evidence", "Item").objects
    for edition in apps.get_model("journeys", "PublishedEdition").objects.all():
        homes = _homes(edition.texts)
        offers = apps.get_model("evidence", "Offer").objects.filter(journey__edition=edition, slot__in=list(homes))
        for item, slot in offers.order_by("item__added_at", "item_id", "pk").values_list("item_id", "slot"):
            if items.filter(pk=item, portfolio="").exists():
                journey = items.get(pk=item).journey_id
                place = items.filter(journey=journey, portfolio=homes[slot]).count() + 1
                items.filter(pk=item).update(portfolio=homes[slot], place=place)


class Migration(migrations.Migration):

    dependencies = [
        ("evidence", "0004_portfolios"),
    ]

    operations = [
        migrations.RunPython(make_pieces, migrations.RunPython.noop, elidable=True),
    ]
