//! A payload as it is read: without the blocks of our own messages, which Slack sends back with every tap. They are most
//! of it, and nobody looks at them.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// What is passed over, wherever it stands.
const UNREAD: &str = "blocks";

/// Reads a payload.
///
/// # Errors
/// When it is not JSON.
pub fn read(text: &str) -> serde_json::Result<Value> {
    serde_json::from_str(text).map(|Payload(value)| value)
}

struct Payload(Value);

impl<'de> Deserialize<'de> for Payload {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Payload(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            if name == UNREAD {
                object.next_value::<IgnoredAny>()?;
            } else {
                let Payload(value) = object.next_value()?;
                fields.insert(name, value);
            }
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn all_but_blocks_is_read_as_it_stands() {
        let text = r#"{"a": [null, true, -1, 2, 0.5, "x\n", {}], "message": {"blocks": [{"b": [1]}], "ts": "1.2"}}"#;
        let all: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(read(text).expect("JSON"), json!({"a": all["a"], "message": {"ts": "1.2"}}));
        for broken in ["", "{", r#"{"blocks": [}"#, r#"{"blocks": []} x"#] {
            assert!(read(broken).is_err(), "{broken}");
        }
    }
}
