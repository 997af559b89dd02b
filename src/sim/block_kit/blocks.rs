//! The blocks themselves, with their limits.

use super::Surface::{Home, Message, Modal};
use super::elements::{BUTTON, IMAGE, IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_SECTION, INPUTS};
use super::shape::{Field, Kind, Shape, may, need, shape};

const BLOCK_ID: Field = may("block_id", Kind::Words(255));

const fn plain(max: usize) -> Kind {
    Kind::Text { max, plain: true }
}

const fn rich(max: usize) -> Kind {
    Kind::Text { max, plain: false }
}

static SECTION: Shape = shape(
    "section",
    &[
        BLOCK_ID,
        may("text", rich(3_000)),
        may("fields", Kind::List { min: 1, max: 10, of: &rich(2_000) }),
        may("accessory", Kind::One(IN_SECTION)),
        may("expand", Kind::Flag),
    ],
)
.either(&["text", "fields"]);
static HEADER: Shape = shape("header", &[BLOCK_ID, need("text", plain(150)), may("level", Kind::Number)]);
static DIVIDER: Shape = shape("divider", &[BLOCK_ID]);
static CONTEXT: Shape = shape(
    "context",
    &[BLOCK_ID, need("elements", Kind::List { min: 1, max: 10, of: &Kind::One(&[&IMAGE, &PLAIN, &MRKDWN]) })],
);
static PLAIN: Shape = shape("plain_text", &[need("text", Kind::Named(3_000)), may("emoji", Kind::Flag)]);
static MRKDWN: Shape = shape("mrkdwn", &[need("text", Kind::Named(3_000)), may("verbatim", Kind::Flag)]);
static ACTIONS: Shape =
    shape("actions", &[BLOCK_ID, need("elements", Kind::List { min: 1, max: 25, of: &Kind::One(IN_ACTIONS) })]);
static CONTEXT_ACTIONS: Shape = shape(
    "context_actions",
    &[BLOCK_ID, need("elements", Kind::List { min: 1, max: 5, of: &Kind::One(IN_CONTEXT_ACTIONS) })],
)
.only(&[Message]);
static INPUT: Shape = shape(
    "input",
    &[
        BLOCK_ID,
        need("label", plain(2_000)),
        need("element", Kind::One(INPUTS)),
        may("hint", plain(2_000)),
        may("optional", Kind::Flag),
        may("dispatch_action", Kind::Flag),
    ],
);
static IMAGE_BLOCK: Shape = shape(
    "image",
    &[
        BLOCK_ID,
        need("alt_text", Kind::Words(2_000)),
        may("image_url", Kind::Named(3_000)),
        may("slack_file", Kind::Anything),
        may("title", plain(2_000)),
    ],
)
.either(&["image_url", "slack_file"]);
static RICH_TEXT: Shape = shape("rich_text", &[BLOCK_ID, need("elements", Kind::Anything)]);
static MARKDOWN: Shape = shape("markdown", &[BLOCK_ID, need("text", Kind::Named(12_000))]).only(&[Message]);
static TABLE: Shape = shape(
    "table",
    &[
        BLOCK_ID,
        need("rows", Kind::List { min: 1, max: 100, of: &Kind::List { min: 1, max: 20, of: &Kind::One(CELLS) } }),
        may("column_settings", Kind::Anything),
    ],
)
.only(&[Message]);
static DATA_TABLE: Shape = shape(
    "data_table",
    &[
        BLOCK_ID,
        need("caption", Kind::Named(255)),
        need("rows", Kind::List { min: 2, max: 201, of: &Kind::List { min: 1, max: 20, of: &Kind::One(CELLS) } }),
        may("page_size", Kind::Number),
        may("row_header_column_index", Kind::Number),
    ],
)
.only(&[Message]);
static CELLS: &[&Shape] = &[&RAW_TEXT, &RAW_NUMBER, &RICH_CELL, &ACTION_CELL];
static RAW_TEXT: Shape = shape("raw_text", &[need("text", Kind::Words(10_000))]);
static RAW_NUMBER: Shape = shape("raw_number", &[need("value", Kind::Number), need("text", Kind::Words(255))]);
static RICH_CELL: Shape = shape("rich_text", &[BLOCK_ID, need("elements", Kind::Anything)]);
static ACTION_CELL: Shape = shape(
    "action_cell",
    &[need("element", Kind::One(&[&BUTTON])), may("fallback", Kind::One(&[&RAW_TEXT, &RAW_NUMBER]))],
);

static DATA_VISUALIZATION: Shape = shape(
    "data_visualization",
    &[BLOCK_ID, need("title", Kind::Named(50)), need("chart", Kind::One(&[&PIE, &BAR, &AREA, &LINE]))],
)
.only(&[Message]);
static PIE: Shape = shape("pie", &[need("segments", Kind::List { min: 1, max: 6, of: &Kind::Object(&POINT) })]);
static BAR: Shape = shape("bar", SERIES_CHART);
static AREA: Shape = shape("area", SERIES_CHART);
static LINE: Shape = shape("line", SERIES_CHART);
const SERIES_CHART: &[Field] =
    &[need("series", Kind::List { min: 1, max: 6, of: &A_SERIES }), need("axis_config", Kind::Object(&AXES))];
static A_SERIES: Kind = Kind::Object(&SERIES);
static SERIES: Shape = shape(
    "series",
    &[need("name", Kind::Named(20)), need("data", Kind::List { min: 1, max: 20, of: &Kind::Object(&POINT) })],
);
static POINT: Shape = shape("data point", &[need("label", Kind::Named(20)), need("value", Kind::Number)]);
static AXES: Shape = shape(
    "axis configuration",
    &[
        need("categories", Kind::List { min: 1, max: 20, of: &Kind::Named(20) }),
        may("x_label", Kind::Words(50)),
        may("y_label", Kind::Words(50)),
    ],
);

static FILE: Shape =
    shape("file", &[BLOCK_ID, need("external_id", Kind::Named(255)), need("source", Kind::Word(&["remote"]))])
        .only(&[Message]);
static VIDEO: Shape = loose("video");
static CARD: Shape = loose("card");
static CAROUSEL: Shape = loose("carousel");
static CONTAINER: Shape = loose("container");
static TASK_CARD: Shape = loose("task_card");
static PLAN: Shape = loose("plan");
static ALERT: Shape = loose("alert").only(&[Modal, Home]);

/// A block that nobody here sends yet: its name is known, its fields are not checked beyond these.
const fn loose(name: &'static str) -> Shape {
    shape(name, LOOSE_FIELDS)
}

const LOOSE_FIELDS: &[Field] = &[
    BLOCK_ID,
    may("text", Kind::Anything),
    may("title", Kind::Anything),
    may("subtitle", Kind::Anything),
    may("body", Kind::Anything),
    may("blocks", Kind::Anything),
    may("elements", Kind::Anything),
    may("actions", Kind::Anything),
    may("tasks", Kind::Anything),
    may("task_id", Kind::Anything),
    may("status", Kind::Anything),
    may("details", Kind::Anything),
    may("output", Kind::Anything),
    may("sources", Kind::Anything),
    may("width", Kind::Anything),
    may("level", Kind::Anything),
    may("style", Kind::Anything),
    may("icon", Kind::Anything),
    may("hero_image", Kind::Anything),
    may("alt_text", Kind::Anything),
    may("video_url", Kind::Anything),
    may("thumbnail_url", Kind::Anything),
    may("title_url", Kind::Anything),
    may("author_name", Kind::Anything),
    may("provider_name", Kind::Anything),
    may("provider_icon_url", Kind::Anything),
    may("description", Kind::Anything),
];

/// Every block that there is.
pub(super) static ALL: &[&Shape] = &[
    &SECTION,
    &HEADER,
    &DIVIDER,
    &CONTEXT,
    &ACTIONS,
    &CONTEXT_ACTIONS,
    &INPUT,
    &IMAGE_BLOCK,
    &RICH_TEXT,
    &MARKDOWN,
    &TABLE,
    &DATA_TABLE,
    &DATA_VISUALIZATION,
    &FILE,
    &VIDEO,
    &CARD,
    &CAROUSEL,
    &CONTAINER,
    &TASK_CARD,
    &PLAN,
    &ALERT,
];
