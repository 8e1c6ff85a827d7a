/* QML, the styles of QGIS, from a few lines on each layer. */
#include "io/style.h"

#include <string.h>

#include "airbridge/operation.h"
#include "io/xml_write.h"

/* One line of the legend: the features of one value, or up to one value. */
typedef struct legend_entry {
    const char *value; /* of the layer's expression */
    const char *label;
    const char *color; /* "r,g,b,a" */
    bool dashed;
} legend_entry;

typedef struct layer_look {
    const char *table;
    ab_shape_kind kind;
    const char *value;   /* expression that entries tell apart */
    bool graduated;      /* entries are ranges from the value before to theirs */
    const char *size_mm; /* expression of a line's width or a point's size */
    bool temporal;       /* has `from` and `until` */
    const legend_entry *entries;
    size_t count;
    const char *label; /* expression of the words beside each feature; NULL: none */
} layer_look;

#define SIZE_OF(array) (sizeof(array) / sizeof((array)[0]))

/* By road where nobody drew one: in the colour of roads, dashed. */
#define UNDRAWN_LOOK(value, label, alpha)                                                          \
    {                                                                                              \
        value, label, "0,114,178," alpha, true                                                     \
    }

static const legend_entry means[] = {
    UNDRAWN_LOOK("road undrawn", "road that nobody drew", "255"),
#define AB_MEANS_LOOK(word, label, red, green, blue)                                               \
    {word, label, #red "," #green "," #blue ",255", false},
#include "io/palette.def"
#undef AB_MEANS_LOOK
};

/* Links come last, and reach no place. */
static const legend_entry means_offered[] = {
    UNDRAWN_LOOK("road undrawn", "road that nobody drew", "255"),
    UNDRAWN_LOOK("no road undrawn", "road that nobody drew, not offered", "110"),
#define AB_MEANS_LOOK(word, label, red, green, blue)                                               \
    {word, label, #red "," #green "," #blue ",255", false},                                        \
        {"no " word, label ", not offered", #red "," #green "," #blue ",110", true},
#include "io/palette.def"
#undef AB_MEANS_LOOK
};

static const legend_entry eaten[] = {
#define AB_EATEN_LOOK(most, label, red, green, blue)                                               \
    {#most, label, #red "," #green "," #blue ",255", false},
#include "io/palette.def"
#undef AB_EATEN_LOOK
};

static const legend_entry places[] = {{"", "place in need", "30,30,30,255", false}};
static const legend_entry hubs[] = {{"", "hub", "255,255,255,255", false}};
static const legend_entry purchases[] = {{"", "food bought", "230,159,0,255", false}};
static const legend_entry carriage[] = {{"", "food carried", "86,180,233,255", false}};
static const legend_entry drops[] = {{"yes", "drop, a go", "0,158,115,255", false}, {"no", "drop, no go", "213,94,0,255", false}};
/* Of one hue, as the narrower lies within the wider. */
static const legend_entry footprints[] = {{"50", "half of the loads", "0,114,178,70", false},
                                          {"90", "nine of ten loads", "0,114,178,45", false},
                                          {"95", "19 of 20 loads", "0,114,178,25", false}};
static const legend_entry roads[] = {{"", "road", "150,150,150,255", false}};
static const legend_entry dropzones[] = {{"", "drop zone", "0,158,115,90", false}};
static const legend_entry exclusions[] = {
#define AB_EXCLUSION_LOOK(kind, red, green, blue)                                                  \
    {kind, kind, #red "," #green "," #blue ",60", false},
#include "io/palette.def"
#undef AB_EXCLUSION_LOOK
};

/* Added to the means. */
#define UNDRAWN " || if(\"way\" = 'straight line', ' undrawn', '')"

/* What a point is called. */
static const char NAME[] = "coalesce(nullif(\"name\", ''), \"id\")";

static const char *const reason_colors[] = {
#define AB_REASON_LOOK(red, green, blue) #red "," #green "," #blue ",255",
#include "io/palette.def"
#undef AB_REASON_LOOK
};

static const layer_look looks[] = {
    {"reach", AB_SHAPE_LINE, "if(\"offered\" = 'yes', '', 'no ') || \"means\"" UNDRAWN, false,
     "0.5", true, means_offered, SIZE_OF(means_offered) - 2, NULL},
    {"trips", AB_SHAPE_LINE, "\"means\"" UNDRAWN, false, "0.3 + sqrt(coalesce(\"mass_t\", 0)) / 12",
     false, means, SIZE_OF(means), NULL},
    {"stock_days", AB_SHAPE_POINT, "eaten_frac", true, "2 + sqrt(coalesce(\"people\", 0)) / 80",
     true, eaten, SIZE_OF(eaten), NULL},
    {"gaps", AB_SHAPE_POINT, "reason", false, "2 + sqrt(coalesce(\"people\", 0)) / 80", true, NULL,
     0, NULL},
    {"purchases", AB_SHAPE_POINT, "''", false, "2 + sqrt(coalesce(\"mass_t\", 0)) / 4", false,
     purchases, SIZE_OF(purchases), "\"food\""},
    {"carriage", AB_SHAPE_LINE, "''", false, "0.3 + sqrt(coalesce(\"mass_t\", 0)) / 12", false,
     carriage, SIZE_OF(carriage), NULL},
    {"footprints", AB_SHAPE_POLYGON, "to_string(round(100 * \"holds_prob\"))", false, "0.3", false, footprints,
     SIZE_OF(footprints), NULL},
    {"drops", AB_SHAPE_POINT, "\"go\"", false, "2.6", false, drops, SIZE_OF(drops), "\"id\""},
    {"in_places", AB_SHAPE_POINT, "''", false, "1", false, places, SIZE_OF(places), NAME},
    {"in_hubs", AB_SHAPE_POINT, "''", false, "2.4", false, hubs, SIZE_OF(hubs), NAME},
    {"in_roads", AB_SHAPE_LINE, "''", false, "0.3", false, roads, SIZE_OF(roads), NULL},
    {"in_dropzones", AB_SHAPE_POLYGON, "''", false, "0.3", false, dropzones, SIZE_OF(dropzones),
     "\"id\""},
    {"in_exclusions", AB_SHAPE_POLYGON, "kind", false, "0.2", false, exclusions,
     SIZE_OF(exclusions), NULL},
};

/* ---- XML -------------------------------------------------------------------------------------- */

static void add_attribute(ab_buf *out, const char *name, const char *value)
{
    ab__buf_printf(out, " %s=\"", name);
    ab__xml_escape(out, value);
    ab__buf_char(out, '"');
}

static void add_option(ab_buf *out, const char *name, const char *type, const char *value)
{
    ab__buf_add(out, "<Option");
    add_attribute(out, "name", name);
    add_attribute(out, "type", type);
    add_attribute(out, "value", value);
    ab__buf_add(out, "/>");
}

static void start_map(ab_buf *out, const char *name)
{
    ab__buf_add(out, "<Option type=\"Map\"");
    if (name != NULL)
        add_attribute(out, "name", name);
    ab__buf_add(out, ">");
}

/* ---- Symbols ---------------------------------------------------------------------------------- */

/* How QGIS names a symbol of a kind of geometry, and what in it has the colour and the size. */
typedef struct symbol_words {
    const char *symbol, *layer, *color, *size, *sized;
} symbol_words;

static const symbol_words words_of[] = {
    [AB_SHAPE_POINT] = {"marker", "SimpleMarker", "color", "size", "size"},
    [AB_SHAPE_LINE] = {"line", "SimpleLine", "line_color", "line_width", "outlineWidth"},
    [AB_SHAPE_POLYGON] = {"fill", "SimpleFill", "color", "outline_width", "outlineWidth"},
};

static void add_sized_by(ab_buf *out, const char *property, const char *expression)
{
    ab__buf_add(out, "<data_defined_properties>");
    start_map(out, NULL);
    add_option(out, "name", "QString", "");
    start_map(out, "properties");
    start_map(out, property);
    add_option(out, "active", "bool", "true");
    add_option(out, "expression", "QString", expression);
    add_option(out, "type", "int", "3");
    ab__buf_add(out, "</Option></Option>");
    add_option(out, "type", "QString", "collection");
    ab__buf_add(out, "</Option></data_defined_properties>");
}

static void add_symbol(ab_buf *out, const layer_look *look, const legend_entry *one, size_t number,
                       ab_shape_kind kind)
{
    const symbol_words *words = &words_of[kind];

    ab__buf_printf(out, "<symbol name=\"%zu\" type=\"%s\" alpha=\"1\" clip_to_extent=\"1\">",
                   number, words->symbol);
    ab__buf_printf(out, "<layer class=\"%s\" enabled=\"1\" locked=\"0\" pass=\"0\">", words->layer);
    start_map(out, NULL);
    add_option(out, words->color, "QString", one->color);
    add_option(out, words->size, "QString", "1");
    if (kind == AB_SHAPE_POINT) {
        add_option(out, "name", "QString", "circle");
        add_option(out, "outline_color", "QString", "35,35,35,255");
        add_option(out, "outline_width", "QString", "0.2");
    } else {
        add_option(out, "capstyle", "QString", "round");
        add_option(out, "joinstyle", "QString", "round");
        add_option(out, "line_style", "QString", one->dashed ? "dash" : "solid");
    }
    ab__buf_add(out, "</Option>");
    add_sized_by(out, words->sized, look->size_mm);
    ab__buf_add(out, "</layer></symbol>\n");
}

/* ---- Renderers -------------------------------------------------------------------------------- */

/* The entries of a look; those of a look without any are the reasons of gaps. */
static size_t entry_count(const layer_look *look)
{
    return look->entries != NULL ? look->count : (size_t)ab_codes_reason.count;
}

static legend_entry entry_at(const layer_look *look, size_t i)
{
    if (look->entries != NULL)
        return look->entries[i];
    const char *word = ab_codes_reason.codes[i].word;
    return (legend_entry){word, word, reason_colors[i % SIZE_OF(reason_colors)], false};
}

static void add_category(ab_buf *out, const legend_entry *one, size_t number)
{
    ab__buf_printf(out, "<category render=\"true\" symbol=\"%zu\" type=\"string\"", number);
    add_attribute(out, "value", one->value);
    add_attribute(out, "label", one->label);
    ab__buf_add(out, "/>\n");
}

static void add_range(ab_buf *out, const legend_entry *one, size_t number, const char *lower)
{
    ab__buf_printf(out, "<range render=\"true\" symbol=\"%zu\"", number);
    add_attribute(out, "lower", lower);
    add_attribute(out, "upper", one->value);
    add_attribute(out, "label", one->label);
    ab__buf_add(out, "/>\n");
}

static void add_renderer(ab_buf *out, const layer_look *look, ab_shape_kind kind)
{
    const char *type = look->graduated ? "graduatedSymbol" : "categorizedSymbol";
    const char *legend = look->graduated ? "ranges" : "categories";
    const char *lower = "0";

    ab__buf_printf(out, "<renderer-v2 type=\"%s\" enableorderby=\"0\" symbollevels=\"0\"", type);
    if (look->graduated)
        ab__buf_add(out, " graduatedMethod=\"GraduatedColor\"");
    add_attribute(out, "attr", look->value);
    ab__buf_printf(out, ">\n<%s>\n", legend);
    for (size_t i = 0; i < entry_count(look); i++) {
        legend_entry one = entry_at(look, i);
        if (look->graduated)
            add_range(out, &one, i, lower);
        else
            add_category(out, &one, i);
        lower = one.value;
    }
    ab__buf_printf(out, "</%s>\n<symbols>\n", legend);
    for (size_t i = 0; i < entry_count(look); i++) {
        legend_entry one = entry_at(look, i);
        add_symbol(out, look, &one, i, kind);
    }
    ab__buf_add(out, "</symbols>\n</renderer-v2>\n");
}

/* mode 2: each feature from one field to another, its end left out */
static void add_temporal(ab_buf *out)
{
    ab__buf_add(out,
                "<temporal enabled=\"1\" mode=\"2\" limitMode=\"0\" accumulate=\"0\" "
                "startField=\"from\" endField=\"until\" startExpression=\"\" endExpression=\"\" "
                "fixedDuration=\"0\" durationField=\"\" durationUnit=\"min\"/>\n");
}

static void add_labels(ab_buf *out, const char *label)
{
    ab__buf_add(out, "<labeling type=\"simple\"><settings calloutType=\"simple\"><text-style "
                     "isExpression=\"1\" fontSize=\"8\" fontSizeUnit=\"Point\" "
                     "textColor=\"40,40,40,255\"");
    add_attribute(out, "fieldName", label);
    ab__buf_add(out, "><text-buffer bufferDraw=\"1\" bufferSize=\"0.7\" bufferSizeUnits=\"MM\" "
                     "bufferColor=\"255,255,255,230\"/></text-style>"
                     "<placement placement=\"6\" dist=\"1.5\" distUnits=\"MM\" "
                     "predefinedPositionOrder=\"TR,TL,BR,BL,R,L\"/></settings></labeling>\n");
}

static const layer_look *find_look(const char *table)
{
    for (size_t i = 0; i < SIZE_OF(looks); i++) {
        if (strcmp(looks[i].table, table) == 0)
            return &looks[i];
    }
    return NULL;
}

ab_shape_kind ab__style_kind(const char *table)
{
    const layer_look *look = find_look(table);

    return look != NULL ? look->kind : AB_SHAPE_NONE;
}

bool ab__style_qml(const char *table, ab_shape_kind kind, ab_buf *out)
{
    const layer_look *look = find_look(table);

    if (look == NULL)
        return false;
    ab__buf_add(out, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
                     "<qgis version=\"3.22\" styleCategories=\"Symbology|Labeling|Temporal\"");
    ab__buf_printf(out, " labelsEnabled=\"%d\">\n", look->label != NULL);
    if (look->temporal)
        add_temporal(out);
    add_renderer(out, look, kind != AB_SHAPE_NONE ? kind : look->kind);
    if (look->label != NULL)
        add_labels(out, look->label);
    ab__buf_add(out, "</qgis>\n");
    return true;
}
