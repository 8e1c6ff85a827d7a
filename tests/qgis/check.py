"""check.py RESULT PICTURE: opens a result as somebody with QGIS would.

Every layer must be valid, the layers of a plan must come in their own style, and a map of them must show something.
"""
import os
import sys
import traceback

from qgis.core import (QgsApplication, QgsCoordinateReferenceSystem, QgsExpression,
                       QgsExpressionContext, QgsExpressionContextUtils, QgsMapRendererParallelJob,
                       QgsMapSettings, QgsProviderRegistry, QgsVectorLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

RENDERERS = {"reach": "categorizedSymbol", "trips": "categorizedSymbol",
             "stock_days": "graduatedSymbol", "gaps": "categorizedSymbol",
             "in_places": "categorizedSymbol", "in_hubs": "categorizedSymbol",
             "in_roads": "categorizedSymbol"}
LABELLED = ("in_places", "in_hubs")
TEMPORAL = ("reach", "stock_days", "gaps")
TABLES = ("needs", "reach", "trips", "loads", "stock_days", "gaps", "summary", "provenance",
          "in_operation", "in_places", "in_hubs", "in_vehicles", "in_stocks", "in_commodities")
DRAWN = ("in_places", "in_hubs", "stock_days", "trips", "reach", "in_dropzones", "in_roads")  # the first on top
BACKGROUND = QColor(255, 255, 255)

failures = []


def expect(truth, words):
    if not truth:
        failures.append(words)
        print("FAILED: " + words)


def open_layers(path):
    layers = {}
    for found in QgsProviderRegistry.instance().querySublayers(path):
        expect(found.name() not in layers, found.name() + " comes apart into layers of several kinds")
        layers[found.name()] = QgsVectorLayer(path + "|layername=" + found.name(), found.name(), "ogr")
    return layers


def check_style(name, layer):
    words, loaded = layer.loadDefaultStyle()
    expect(loaded, f"{name} has no default style: {words}")
    renderer = layer.renderer()
    expect(renderer.type() == RENDERERS[name], f"{name} is drawn by {renderer.type()}")
    if renderer.type() == "categorizedSymbol":
        known = {category.value() for category in renderer.categories()}
        unknown = values_of(layer, renderer.classAttribute()) - known
        expect(not unknown, f"{name}: no symbol for {unknown}")
    expect(layer.labelsEnabled() == (name in LABELLED), f"{name} has labels: {layer.labelsEnabled()}")
    if name in TEMPORAL:
        times = layer.temporalProperties()
        expect(times.isActive() and times.startField() == "from" and times.endField() == "until",
               f"{name} cannot be played through time")


def values_of(layer, attribute):
    """All values of a column or of an expression."""
    text = attribute
    if layer.fields().indexOf(text) >= 0:
        text = QgsExpression.quotedColumnRef(text)
    expression = QgsExpression(text)
    expect(not expression.hasParserError(), expression.parserErrorString())
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    values = set()
    for feature in layer.getFeatures():
        context.setFeature(feature)
        values.add(expression.evaluate(context))
    return values


def draw(layers, picture):
    drawn = [layers[name] for name in DRAWN if name in layers]
    settings = QgsMapSettings()
    settings.setLayers(drawn)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    settings.setOutputSize(QSize(1200, 900))
    settings.setBackgroundColor(BACKGROUND)
    extent = settings.fullExtent()
    extent.scale(1.1)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    expect(not job.errors(), "drawing failed: " + "; ".join(e.message for e in job.errors()))
    image = job.renderedImage()
    expect(image.save(picture), "the picture cannot be written")
    marked = sum(image.pixelColor(x, y) != BACKGROUND
                 for x in range(0, image.width(), 2) for y in range(0, image.height(), 2))
    expect(marked > 500, f"the map is as good as empty: {marked} points of it are marked")


def check(path, picture):
    layers = open_layers(path)
    for name in TABLES:
        expect(name in layers, "there is no layer " + name)
    for name, layer in layers.items():
        expect(layer.isValid(), name + " is not valid")
        if layer.isSpatial():
            expect(layer.crs().authid() == "EPSG:4326", f"{name} is in {layer.crs().authid()}")
    for name in RENDERERS:
        if name in layers:
            check_style(name, layers[name])
    draw(layers, picture)
    print(f"{len(layers)} layers, picture in {picture}")


def main():
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    application = QgsApplication([], False)
    application.initQgis()
    try:
        check(sys.argv[1], sys.argv[2])
    except Exception:
        expect(False, traceback.format_exc())
    # QGIS crashes in its own clean-up while Python still holds layers: leave without it.
    sys.stdout.flush()
    os._exit(1 if failures else 0)


if __name__ == "__main__":
    sys.exit(main())
