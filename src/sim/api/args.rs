//! The arguments of a call, from JSON, a form or the query, and the token they came with.

use http::{HeaderMap, header};
use serde_json::{Map, Value};

use super::Refusal;

/// Arguments that are JSON even inside a form.
const JSON_ARGS: &[&str] = &["blocks", "attachments", "metadata", "view", "files", "message", "event_payload"];

#[derive(Default)]
pub(in super::super) struct Args {
    pub token: Option<String>,
    fields: Map<String, Value>,
}

impl Args {
    /// Reads them; the error is Slack's name for what is wrong.
    pub fn parse(headers: &HeaderMap, query: Option<&str>, body: &[u8]) -> Result<Self, &'static str> {
        let mut fields = Map::new();
        let mut pairs = |encoded: &[u8]| {
            for (key, value) in url::form_urlencoded::parse(encoded) {
                fields.insert(key.into_owned(), Value::String(value.into_owned()));
            }
        };
        pairs(query.unwrap_or_default().as_bytes());
        let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !body.is_empty() {
            if media.starts_with("application/json") {
                match serde_json::from_slice(body) {
                    Ok(Value::Object(object)) => fields.extend(object),
                    Ok(_) => return Err("json_not_object"),
                    Err(_) => return Err("invalid_json"),
                }
            } else if media.starts_with("application/x-www-form-urlencoded") {
                pairs(body);
            } else {
                return Err("invalid_post_type");
            }
        }
        let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = header.and_then(|value| value.strip_prefix("Bearer")).map(|token| token.trim().to_owned());
        let given = fields.remove("token").and_then(|token| token.as_str().map(str::to_owned));
        fields.retain(|_, value| !value.is_null());
        Ok(Self { token: bearer.or(given).filter(|token| !token.is_empty()), fields })
    }

    /// The arguments in a JSON object, such as the answer to a command.
    pub fn of(body: &Value) -> Self {
        let mut fields = body.as_object().cloned().unwrap_or_default();
        fields.retain(|_, value| !value.is_null());
        Self { token: None, fields }
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }

    /// A text argument; empty is the same as absent.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// A required text argument.
    pub fn need(&self, name: &str) -> Result<&str, Refusal> {
        self.text(name).ok_or_else(|| missing(name))
    }

    pub fn flag(&self, name: &str) -> bool {
        match self.fields.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(word)) => word == "true" || word == "1",
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            _ => false,
        }
    }

    pub fn number(&self, name: &str) -> Option<u64> {
        match self.fields.get(name)? {
            Value::String(digits) => digits.parse().ok(),
            value => value.as_u64(),
        }
    }

    /// Ids in a comma-separated string or an array.
    pub fn list(&self, name: &str) -> Vec<String> {
        match self.fields.get(name) {
            Some(Value::String(words)) => {
                words.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
            }
            Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    /// A JSON argument, also as a string of JSON; null if absent. `Err` if the string is no JSON.
    pub fn json(&self, name: &str) -> Result<Value, serde_json::Error> {
        match self.fields.get(name) {
            Some(Value::String(words)) if words.is_empty() => Ok(Value::Null),
            Some(Value::String(words)) => serde_json::from_str(words),
            Some(value) => Ok(value.clone()),
            None => Ok(Value::Null),
        }
    }

    /// An argument as it came: a text stays a text, whatever it looks like.
    pub fn raw(&self, name: &str) -> Value {
        self.fields.get(name).cloned().unwrap_or(Value::Null)
    }

    /// Whether an argument was given at all, if only as an empty string.
    pub fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// All of them without the token, JSON as JSON however it came.
    pub fn for_the_record(&self) -> Value {
        let mut fields = self.fields.clone();
        for name in JSON_ARGS {
            if let (Some(field), Ok(value)) = (fields.get_mut(*name), self.json(name)) {
                *field = value;
            }
        }
        Value::Object(fields)
    }
}

fn missing(name: &str) -> Refusal {
    Refusal::because("invalid_arguments", &[format!("[ERROR] missing required field: {name}")])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(media: &str, body: &str) -> Result<Args, &'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, media.parse().expect("a header"));
        Args::parse(&headers, Some("limit=2&token=xoxb-q"), body.as_bytes())
    }

    #[test]
    fn json_and_forms_say_the_same() {
        let json = r#"{"channel":"C1","users":["U1","U2"],"blocks":[{"type":"divider"}],"x":null,"on":true}"#;
        let form = "channel=C1&users=U1%2CU2&blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D&on=true";
        for (media, body) in [("application/json; charset=utf-8", json), ("application/x-www-form-urlencoded", form)] {
            let args = parse(media, body).expect("both are readable");
            assert_eq!(args.text("channel"), Some("C1"));
            assert_eq!(args.list("users"), ["U1", "U2"]);
            assert!(args.flag("on"));
            assert_eq!(args.number("limit"), Some(2));
            assert_eq!(args.token.as_deref(), Some("xoxb-q"));
            assert_eq!(args.json("blocks").expect("JSON"), serde_json::json!([{"type": "divider"}]));
            assert!(!args.has("x") && !args.has("token"));
        }
        assert_eq!(parse("application/json", "[]").err(), Some("json_not_object"));
        assert_eq!(parse("application/json", "{").err(), Some("invalid_json"));
    }
}
