//! Settings by tables: what is given, and the sentence that comes of it.

use tracing::Level;

use super::*;

fn settings(given: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for (name, value) in given {
        let (secret, text) = (Some(Given::from(*value)), Some((*value).to_owned()));
        match *name {
            "bot" => settings.slack_bot_token = secret,
            "app" => settings.slack_app_token = secret,
            "secret" => settings.slack_signing_secret = secret,
            "api" => settings.slack_api_url = text,
            "database" => settings.database_url = secret,
            "port" => settings.port = text,
            "posts" => settings.posts_per_minute = text,
            "log" => settings.log = text,
            "format" => settings.log_format = text,
            other => panic!("no setting {other}"),
        }
    }
    settings
}

fn refused<T>(outcome: Result<T, ConfigError>, expected: &str, case: &[(&str, &str)]) {
    match (outcome, expected) {
        (Ok(_), "") => {}
        (Ok(_), expected) => panic!("{case:?} passes; expected: {expected}"),
        (Err(error), expected) => {
            let sentence = error.to_string();
            assert!(!expected.is_empty() && sentence.contains(expected), "{case:?}: {sentence}");
            assert!(!sentence.contains("s3cret"), "{sentence}");
        }
    }
}

#[test]
fn tokens_are_what_their_names_say() {
    let (bot, app) = (("bot", "xoxb-s3cret"), ("app", "xapp-s3cret"));
    let cases: [(&[(&str, &str)], &str); 14] = [
        (&[bot], ""),
        (&[bot, app], ""),
        (&[("bot", " xoxb-s3cret\n")], ""),
        (&[], "SLACK_BOT_TOKEN: The bot's token is missing"),
        (&[("bot", "  ")], "is missing"),
        (&[("bot", "xapp-s3cret")], "belongs into SLACK_APP_TOKEN"),
        (&[("bot", "xapp-s3cret"), ("app", "xoxb-s3cret")], "swapped"),
        (&[("bot", "xoxp-s3cret")], "a person's token"),
        (&[("bot", "s3cret")], "begins with something else"),
        (&[bot, ("app", "xoxb-s3cret")], "SLACK_APP_TOKEN: An app-level token begins with xapp-"),
        (&[bot, ("api", "http://slack.example/api")], "in the open"),
        (&[bot, ("api", "http://127.0.0.1:8080/api")], ""),
        (&[bot, ("api", "http://[::1]:8080/api")], ""),
        (&[bot, ("api", "slack.com/api")], "not an address"),
    ];
    for (case, expected) in cases {
        refused(settings(case).slack(), expected, case);
    }
}

#[test]
fn there_is_one_door() {
    let door = |case: &[(&str, &str)]| match settings(case).door() {
        Ok(Door::Http { port, .. }) => format!("http {port}"),
        Ok(Door::SocketMode { port: None }) => "socket".to_owned(),
        Ok(Door::SocketMode { port: Some(port) }) => format!("socket, health at {port}"),
        Err(error) => error.name.to_owned(),
    };
    for (case, expected) in [
        (&[("app", "xapp-1")] as &[_], "socket"),
        (&[("app", "xapp-1"), ("port", "")], "socket"),
        (&[("app", "xapp-1"), ("port", "8080")], "socket, health at 8080"),
        (&[("secret", "s"), ("port", "8080")], "http 8080"),
        (&[("app", "xapp-1"), ("secret", "s"), ("port", "8080")], "http 8080"),
        (&[("secret", "s")], "PORT"),
        (&[("app", "xapp-1"), ("secret", "s")], "PORT"),
        (&[("port", "8080")], "SLACK_SIGNING_SECRET"),
        (&[], "SLACK_APP_TOKEN"),
        (&[("app", "xapp-1"), ("port", "0")], "PORT"),
        (&[("app", "xapp-1"), ("port", "65536")], "PORT"),
        (&[("app", "xapp-1"), ("port", "http")], "PORT"),
    ] {
        assert_eq!(door(case), expected, "{case:?}");
    }
}

#[test]
fn the_rest_has_bounds_and_defaults() {
    for (case, expected) in [
        (&[] as &[_], ""),
        (&[("database", "sqlite:here.db")], ""),
        (&[("database", "postgresql://u:s3cret@h/d")], ""),
        (&[("database", "mysql://u:s3cret@h/d")], "DATABASE_URL: It begins with sqlite: or postgres:"),
    ] {
        refused(settings(case).database(), expected, case);
    }
    for (count, expected) in [("", Some(200)), ("1", Some(1)), ("60000", Some(60_000)), ("60001", None), ("0", None)] {
        assert_eq!(settings(&[("posts", count)]).posts_per_minute().ok(), expected, "{count}");
    }
    for (case, expected) in [
        (&[("log", "rapport=debug,warn"), ("format", "JSON")] as &[_], ""),
        (&[("log", "a=b=c")], "RAPPORT_LOG: `a=b=c` is no filter"),
        (&[("format", "xml")], "RAPPORT_LOG_FORMAT: `xml` is not text or json"),
    ] {
        refused(settings(case).log(), expected, case);
    }
}

#[test]
fn what_others_print_at_louder_levels_is_never_logged() {
    for (filter, ours, others) in [
        ("", "info", "info"),
        ("warn", "warn", "warn"),
        ("off", "off", "off"),
        ("debug", "debug", "info"),
        ("DEBUG", "debug", "info"),
        ("4", "debug", "info"),
        ("trace", "trace", "info"),
        ("TRACE", "trace", "info"),
        ("5", "trace", "info"),
        ("rapport=debug,warn", "debug", "warn"),
        ("warn,tungstenite=trace", "warn", "info"),
        ("warn,tungstenite::protocol=TRACE", "warn", "info"),
        ("warn,tung=5", "warn", "info"),
    ] {
        let (targets, _) = settings(&[("log", filter)]).log().expect("a filter");
        let loudest = |target: &str| {
            let levels = [Level::TRACE, Level::DEBUG, Level::INFO, Level::WARN, Level::ERROR];
            let loudest = levels.iter().find(|level| targets.would_enable(target, level));
            loudest.map_or_else(|| "off".to_owned(), |level| level.as_str().to_lowercase())
        };
        assert_eq!(
            (loudest("rapport::app"), loudest("tungstenite::protocol")),
            (ours.into(), others.into()),
            "{filter}"
        );
    }
}

#[test]
fn secrets_are_never_shown() {
    let shown = format!("{:?}", settings(&[("bot", "xoxb-s3cret"), ("database", "postgres://u:s3cret@h/d")]));
    assert!(!shown.contains("s3cret"), "{shown}");
}
