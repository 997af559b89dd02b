//! Walks JSON along the shapes and collects what is wrong, with a JSON pointer for each.

use serde_json::Value;

use super::Surface;
use super::rule;
use super::shape::{Field, Kind, Shape};

/// More problems than this are not worth saying.
const MOST_PROBLEMS: usize = 20;

/// One walk over the blocks of one message or view.
pub(super) struct Check {
    surface: Surface,
    pub(super) problems: Vec<String>,
}

impl Check {
    pub(super) fn new(surface: Surface) -> Self {
        Self { surface, problems: Vec::new() }
    }

    pub(super) fn problem(&mut self, words: &str, path: &str) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(format!("[ERROR] {words} [json-pointer:{path}]"));
        }
    }

    /// An object whose `type` chooses among `shapes`. `noun` says what it is, for the error.
    pub(super) fn one(&mut self, value: &Value, path: &str, shapes: &[&Shape], noun: &str) {
        let Some(object) = value.as_object() else {
            return self.problem(&format!("must be a {noun} object"), path);
        };
        let Some(name) = object.get("type").and_then(Value::as_str) else {
            return self.problem("missing required field: type", path);
        };
        match shapes.iter().find(|shape| shape.name == name) {
            Some(shape) => {
                self.object(value, path, shape, &["type"]);
                if let Some(words) = rule::broken(value) {
                    self.problem(&words, path);
                }
            }
            None => self.problem(&format!("unsupported type: {name}"), &format!("{path}/type")),
        }
    }

    fn object(&mut self, value: &Value, path: &str, shape: &Shape, besides: &[&str]) {
        if !shape.surfaces.is_empty() && !shape.surfaces.contains(&self.surface) {
            let place = match self.surface {
                Surface::Message => "message",
                Surface::Modal => "modal",
                Surface::Home => "home",
            };
            return self.problem(&format!("{} is not allowed in a {place}", shape.name), path);
        }
        self.fields(value, path, shape.fields, besides);
        if !shape.either.is_empty() && shape.either.iter().all(|name| value.get(name).is_none_or(Value::is_null)) {
            self.problem(&format!("a {} needs {}", shape.name, shape.either.join(" or ")), path);
        }
    }

    /// The fields of an object: the required are there, the others are known, and each is what it must be. `besides`
    /// are known fields that somebody else checks.
    pub(super) fn fields(&mut self, value: &Value, path: &str, fields: &[Field], besides: &[&str]) {
        let Some(object) = value.as_object() else {
            return self.problem("must be an object", path);
        };
        for name in object.keys() {
            if !besides.contains(&name.as_str()) && !fields.iter().any(|field| field.name == name) {
                self.problem(&format!("unknown field: {name}"), path);
            }
        }
        for field in fields {
            match object.get(field.name) {
                None | Some(Value::Null) if field.required => {
                    self.problem(&format!("missing required field: {}", field.name), path);
                }
                None | Some(Value::Null) => {}
                Some(value) => self.kind(value, &format!("{path}/{}", field.name), &field.kind),
            }
        }
    }

    fn kind(&mut self, value: &Value, path: &str, kind: &Kind) {
        match kind {
            Kind::Anything => {}
            Kind::Flag if value.is_boolean() => {}
            Kind::Flag => self.problem("must be a boolean", path),
            Kind::Number if value.is_number() => {}
            Kind::Number => self.problem("must be a number", path),
            Kind::Words(max) => self.words(value, path, 0, *max),
            Kind::Named(max) => self.words(value, path, 1, *max),
            Kind::Word(words) if value.as_str().is_some_and(|word| words.contains(&word)) => {}
            Kind::Word(words) => self.problem(&format!("must be one of {}", words.join(", ")), path),
            Kind::Text { max, plain } => self.text(value, path, *max, *plain),
            Kind::One(shapes) => self.one(value, path, shapes, "typed"),
            Kind::Object(shape) => self.object(value, path, shape, &[]),
            Kind::List { min, max, of } => {
                let Some(list) = value.as_array() else {
                    return self.problem("must be an array", path);
                };
                if list.len() > *max {
                    self.problem(&format!("no more than {max} items allowed [actual {}]", list.len()), path);
                }
                if list.len() < *min {
                    self.problem(&format!("no fewer than {min} items allowed [actual {}]", list.len()), path);
                }
                for (i, value) in list.iter().enumerate() {
                    self.kind(value, &format!("{path}/{i}"), of);
                }
            }
        }
    }

    fn words(&mut self, value: &Value, path: &str, min: usize, max: usize) {
        let Some(words) = value.as_str() else {
            return self.problem("must be a string", path);
        };
        let length = words.chars().count();
        if length > max {
            self.problem(&format!("must be less than {} characters", max + 1), path);
        }
        if length < min {
            self.problem(&format!("must be more than {} characters", min - 1), path);
        }
    }

    fn text(&mut self, value: &Value, path: &str, max: usize, plain: bool) {
        let Some(object) = value.as_object() else {
            return self.problem("must be a text object", path);
        };
        match object.get("type").and_then(Value::as_str) {
            Some("plain_text") => {}
            Some("mrkdwn") if !plain => {}
            Some("mrkdwn") => self.problem("must be a plain_text object", &format!("{path}/type")),
            _ => self.problem("must be plain_text or mrkdwn", &format!("{path}/type")),
        }
        for name in object.keys() {
            let known = match name.as_str() {
                "type" | "text" => true,
                "emoji" => object["type"] == "plain_text",
                "verbatim" => object["type"] == "mrkdwn",
                _ => false,
            };
            if !known {
                self.problem(&format!("unknown field: {name}"), path);
            }
        }
        match object.get("text") {
            Some(text) => self.words(text, &format!("{path}/text"), 1, max),
            None => self.problem("missing required field: text", path),
        }
    }
}
