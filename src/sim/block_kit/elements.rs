//! The elements that stand in blocks: buttons, selects, inputs, and the objects they are made of.

use super::shape::{Field, Kind, Shape, may, need, shape};

/// Whether Slack sends an action, or state, for elements of this type.
pub(super) fn is_interactive(kind: &str) -> bool {
    kind != "image"
        && (INPUTS.iter().any(|shape| shape.name == kind) || IN_ACTIONS.iter().any(|shape| shape.name == kind))
}

const fn plain(max: usize) -> Kind {
    Kind::Text { max, plain: true }
}

const fn rich(max: usize) -> Kind {
    Kind::Text { max, plain: false }
}

const ACTION_ID: Field = may("action_id", Kind::Named(255));
const PLACEHOLDER: Field = may("placeholder", plain(150));
const FOCUS: Field = may("focus_on_load", Kind::Flag);
const CONFIRMED: Field = may("confirm", Kind::Object(&CONFIRM));
const DISPATCH: Field = may("dispatch_action_config", Kind::Anything);
const MOST: Field = may("max_selected_items", Kind::Number);

static CONFIRM: Shape = shape(
    "confirmation",
    &[
        need("title", plain(100)),
        need("text", rich(300)),
        need("confirm", plain(30)),
        need("deny", plain(30)),
        may("style", STYLE),
    ],
);
const STYLE: Kind = Kind::Word(&["primary", "danger"]);

static OPTION: Shape = shape(
    "option",
    &[
        need("text", rich(75)),
        need("value", Kind::Named(150)),
        may("description", rich(75)),
        may("url", Kind::Words(3_000)),
    ],
);
/// Selects and menus take no formatting in their options; radio buttons and checkboxes do.
static PLAIN_OPTION: Shape = shape(
    "option",
    &[
        need("text", plain(75)),
        need("value", Kind::Named(150)),
        may("description", plain(75)),
        may("url", Kind::Words(3_000)),
    ],
);
static GROUP: Shape = shape("option group", &[need("label", plain(75)), need("options", options(100))]);

static AN_OPTION: Kind = Kind::Object(&PLAIN_OPTION);
static A_RICH_OPTION: Kind = Kind::Object(&OPTION);
const RICH_OPTIONS: Kind = Kind::List { min: 1, max: 10, of: &A_RICH_OPTION };

const fn options(max: usize) -> Kind {
    Kind::List { min: 1, max, of: &AN_OPTION }
}
const GROUPS: Kind = Kind::List { min: 1, max: 100, of: &Kind::Object(&GROUP) };
const CHOSEN: Kind = options(100);
const IDS: Kind = Kind::List { min: 0, max: 1_000, of: &Kind::Named(255) };

pub(super) static BUTTON: Shape = shape(
    "button",
    &[
        need("text", plain(75)),
        ACTION_ID,
        may("value", Kind::Words(2_000)),
        may("url", Kind::Words(3_000)),
        may("style", STYLE),
        CONFIRMED,
        may("accessibility_label", Kind::Words(75)),
    ],
);
static STATIC_SELECT: Shape = shape(
    "static_select",
    &[
        ACTION_ID,
        PLACEHOLDER,
        FOCUS,
        CONFIRMED,
        may("options", options(100)),
        may("option_groups", GROUPS),
        may("initial_option", Kind::Object(&PLAIN_OPTION)),
    ],
)
.either(&["options", "option_groups"]);
static MULTI_STATIC_SELECT: Shape = shape(
    "multi_static_select",
    &[
        ACTION_ID,
        PLACEHOLDER,
        FOCUS,
        CONFIRMED,
        MOST,
        may("options", options(100)),
        may("option_groups", GROUPS),
        may("initial_options", CHOSEN),
    ],
)
.either(&["options", "option_groups"]);

macro_rules! selects {
    ($($shape:ident $name:literal $initial:literal $kind:expr;)*) => {
        $(static $shape: Shape = shape($name, &[
            ACTION_ID, PLACEHOLDER, FOCUS, CONFIRMED, MOST, may($initial, $kind),
            may("default_to_current_conversation", Kind::Flag), may("response_url_enabled", Kind::Flag),
            may("filter", Kind::Anything), may("min_query_length", Kind::Number),
        ]);)*
    };
}
selects! {
    USERS "users_select" "initial_user" Kind::Named(255);
    MULTI_USERS "multi_users_select" "initial_users" IDS;
    CONVERSATIONS "conversations_select" "initial_conversation" Kind::Named(255);
    MULTI_CONVERSATIONS "multi_conversations_select" "initial_conversations" IDS;
    CHANNELS "channels_select" "initial_channel" Kind::Named(255);
    MULTI_CHANNELS "multi_channels_select" "initial_channels" IDS;
    EXTERNAL "external_select" "initial_option" Kind::Object(&OPTION);
    MULTI_EXTERNAL "multi_external_select" "initial_options" CHOSEN;
}

static OVERFLOW: Shape = shape("overflow", &[ACTION_ID, need("options", options(5)), CONFIRMED]);
static RADIO: Shape = shape(
    "radio_buttons",
    &[ACTION_ID, need("options", RICH_OPTIONS), may("initial_option", Kind::Object(&OPTION)), CONFIRMED, FOCUS],
);
static CHECKBOXES: Shape = shape(
    "checkboxes",
    &[ACTION_ID, need("options", RICH_OPTIONS), may("initial_options", RICH_OPTIONS), CONFIRMED, FOCUS],
);
static DATE: Shape =
    shape("datepicker", &[ACTION_ID, may("initial_date", Kind::Named(10)), PLACEHOLDER, CONFIRMED, FOCUS]);
static TIME: Shape = shape(
    "timepicker",
    &[ACTION_ID, may("initial_time", Kind::Named(5)), may("timezone", Kind::Words(255)), PLACEHOLDER, CONFIRMED, FOCUS],
);
static DATE_TIME: Shape =
    shape("datetimepicker", &[ACTION_ID, may("initial_date_time", Kind::Number), CONFIRMED, FOCUS]);
static TEXT: Shape = shape(
    "plain_text_input",
    &[
        ACTION_ID,
        PLACEHOLDER,
        FOCUS,
        DISPATCH,
        may("initial_value", Kind::Words(3_000)),
        may("multiline", Kind::Flag),
        may("min_length", Kind::Number),
        may("max_length", Kind::Number),
    ],
);
static NUMBER: Shape = shape(
    "number_input",
    &[
        ACTION_ID,
        PLACEHOLDER,
        FOCUS,
        DISPATCH,
        need("is_decimal_allowed", Kind::Flag),
        may("initial_value", Kind::Words(255)),
        may("min_value", Kind::Words(255)),
        may("max_value", Kind::Words(255)),
    ],
);
static EMAIL: Shape =
    shape("email_text_input", &[ACTION_ID, PLACEHOLDER, FOCUS, DISPATCH, may("initial_value", Kind::Words(255))]);
static URL: Shape =
    shape("url_text_input", &[ACTION_ID, PLACEHOLDER, FOCUS, DISPATCH, may("initial_value", Kind::Words(3_000))]);
static RICH_TEXT: Shape =
    shape("rich_text_input", &[ACTION_ID, PLACEHOLDER, FOCUS, DISPATCH, may("initial_value", Kind::Anything)]);
static FILE_INPUT: Shape =
    shape("file_input", &[ACTION_ID, may("filetypes", Kind::Anything), may("max_files", Kind::Number)]);
static ICON_BUTTON: Shape = shape(
    "icon_button",
    &[
        ACTION_ID,
        need("icon", Kind::Word(&["trash"])),
        need("text", plain(75)),
        may("value", Kind::Words(2_000)),
        CONFIRMED,
        may("accessibility_label", Kind::Words(75)),
        may("visible_to_user_ids", IDS),
    ],
);
static FEEDBACK: Shape = shape(
    "feedback_buttons",
    &[ACTION_ID, need("positive_button", Kind::Anything), need("negative_button", Kind::Anything)],
);
pub(super) static IMAGE: Shape = shape(
    "image",
    &[need("alt_text", Kind::Words(2_000)), may("image_url", Kind::Named(3_000)), may("slack_file", Kind::Anything)],
)
.either(&["image_url", "slack_file"]);

/// What may stand in an actions block.
pub(super) static IN_ACTIONS: &[&Shape] = &[
    &BUTTON,
    &STATIC_SELECT,
    &USERS,
    &CONVERSATIONS,
    &CHANNELS,
    &EXTERNAL,
    &OVERFLOW,
    &RADIO,
    &CHECKBOXES,
    &DATE,
    &TIME,
    &DATE_TIME,
    &RICH_TEXT,
    &MULTI_STATIC_SELECT,
    &MULTI_USERS,
    &MULTI_CONVERSATIONS,
    &MULTI_CHANNELS,
    &MULTI_EXTERNAL,
];

/// What may stand at the side of a section.
pub(super) static IN_SECTION: &[&Shape] = &[
    &BUTTON,
    &STATIC_SELECT,
    &USERS,
    &CONVERSATIONS,
    &CHANNELS,
    &EXTERNAL,
    &OVERFLOW,
    &RADIO,
    &CHECKBOXES,
    &DATE,
    &TIME,
    &MULTI_STATIC_SELECT,
    &MULTI_USERS,
    &MULTI_CONVERSATIONS,
    &MULTI_CHANNELS,
    &MULTI_EXTERNAL,
    &IMAGE,
];

/// What may stand in an input block.
pub(super) static INPUTS: &[&Shape] = &[
    &TEXT,
    &NUMBER,
    &EMAIL,
    &URL,
    &RICH_TEXT,
    &FILE_INPUT,
    &STATIC_SELECT,
    &USERS,
    &CONVERSATIONS,
    &CHANNELS,
    &EXTERNAL,
    &RADIO,
    &CHECKBOXES,
    &DATE,
    &TIME,
    &DATE_TIME,
    &MULTI_STATIC_SELECT,
    &MULTI_USERS,
    &MULTI_CONVERSATIONS,
    &MULTI_CHANNELS,
    &MULTI_EXTERNAL,
];

/// What may stand in a context_actions block.
pub(super) static IN_CONTEXT_ACTIONS: &[&Shape] = &[&ICON_BUTTON, &FEEDBACK];
