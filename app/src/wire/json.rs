//! A serde deserialiser for JSON that our own server wrote, with few bytes of code.
//!
//! A phone's wasm has it to read frames. `serde_json` has error messages for any JSON of the world, and floating point,
//! and weighs a quarter of a phone's budget; nobody would read those messages here. What cannot be read is
//! [`Unreadable`], and the page reloads itself. Numbers are integers.

use std::fmt::{self, Display};

use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// Not what this build writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// Reads one value, and nothing after it.
///
/// # Errors
/// [`Unreadable`], whatever it is.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    let mut reader = Reader { rest: text.as_bytes() };
    let value = T::deserialize(&mut reader)?;
    if reader.peek() == 0 { Ok(value) } else { Err(Unreadable) }
}

impl Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unreadable")
    }
}

impl std::error::Error for Unreadable {}

impl de::Error for Unreadable {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }

    // The default methods would bring in the formatting code of their messages.
    fn invalid_type(_: de::Unexpected, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: de::Unexpected, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// The rest of the input.
struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    /// The next byte that is no white space; zero at the end.
    fn peek(&mut self) -> u8 {
        loop {
            match self.rest {
                [b' ' | b'\n' | b'\r' | b'\t', rest @ ..] => self.rest = rest,
                [byte, ..] => return *byte,
                [] => return 0,
            }
        }
    }

    /// Consumes the next byte if it is this one.
    fn take(&mut self, byte: u8) -> Result<(), Unreadable> {
        if self.peek() != byte || byte == 0 {
            return Err(Unreadable);
        }
        self.rest = &self.rest[1..];
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), Unreadable> {
        self.rest = self.rest.strip_prefix(word.as_bytes()).ok_or(Unreadable)?;
        Ok(())
    }

    fn number(&mut self) -> Result<i64, Unreadable> {
        let end = self.rest.iter().position(|byte| !matches!(byte, b'-' | b'+' | b'.' | b'0'..=b'9' | b'e' | b'E'));
        let (digits, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        // A fraction or an exponent is no integer, and is refused.
        str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()).ok_or(Unreadable)
    }

    fn string(&mut self) -> Result<String, Unreadable> {
        self.take(b'"')?;
        let mut bytes = Vec::new();
        loop {
            let end = self.rest.iter().position(|byte| matches!(byte, b'"' | b'\\')).ok_or(Unreadable)?;
            bytes.extend_from_slice(&self.rest[..end]);
            let stop = self.rest[end];
            self.rest = &self.rest[end + 1..];
            if stop == b'"' {
                return String::from_utf8(bytes).map_err(|_| Unreadable);
            }
            let sign = self.escaped()?;
            bytes.extend_from_slice(sign.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }

    /// An escape sequence, after its backslash.
    fn escaped(&mut self) -> Result<char, Unreadable> {
        let (&sign, rest) = self.rest.split_first().ok_or(Unreadable)?;
        self.rest = rest;
        Ok(match sign {
            b'"' | b'\\' | b'/' => sign.into(),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                if first & 0xFC00 != 0xD800 {
                    return char::from_u32(first).ok_or(Unreadable);
                }
                self.word("\\u")?;
                let second = self.unit()?.wrapping_sub(0xDC00);
                let pair = if second < 0x400 { 0x1_0000 + ((first - 0xD800) << 10) + second } else { 0xD800 };
                return char::from_u32(pair).ok_or(Unreadable);
            }
            _ => return Err(Unreadable),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, Unreadable> {
        let (digits, rest) = self.rest.split_at_checked(4).ok_or(Unreadable)?;
        self.rest = rest;
        digits.iter().try_fold(0, |unit, digit| Some(unit * 16 + char::from(*digit).to_digit(16)?)).ok_or(Unreadable)
    }
}

impl<'de> de::Deserializer<'de> for &mut Reader<'_> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.peek() {
            b'"' => visitor.visit_str(&self.string()?),
            b'{' => self.deserialize_map(visitor),
            b'[' => self.deserialize_seq(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            b'n' => self.word("null").and_then(|()| visitor.visit_unit()),
            _ => self.deserialize_i64(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let yes = self.peek() == b't';
        self.word(if yes { "true" } else { "false" })?;
        visitor.visit_bool(yes)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.peek();
        visitor.visit_i64(self.number()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_str(&self.string()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_string(self.string()?)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.peek() == b'n' {
            self.word("null")?;
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.take(b'[')?;
        let value = visitor.visit_seq(Many { reader: self, first: true })?;
        self.take(b']')?;
        Ok(value)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.take(b'{')?;
        let value = visitor.visit_map(Many { reader: self, first: true })?;
        self.take(b'}')?;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        if self.peek() == b'"' {
            return visitor.visit_enum(self.string()?.into_deserializer());
        }
        self.take(b'{')?;
        let value = visitor.visit_enum(Variant { reader: self })?;
        self.take(b'}')?;
        Ok(value)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct ignored_any
    }
}

/// The elements of a list, or the pairs of an object.
struct Many<'r, 'a> {
    reader: &'r mut Reader<'a>,
    first: bool,
}

impl Many<'_, '_> {
    /// Whether another follows before `end`.
    fn more(&mut self, end: u8) -> Result<bool, Unreadable> {
        if self.reader.peek() == end {
            return Ok(false);
        }
        if !std::mem::take(&mut self.first) {
            self.reader.take(b',')?;
        }
        Ok(true)
    }
}

impl<'de> de::SeqAccess<'de> for Many<'_, '_> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        if self.more(b']')? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

impl<'de> de::MapAccess<'de> for Many<'_, '_> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        if self.more(b'}')? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unreadable> {
        self.reader.take(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// An enum variant with content: an object of one pair (externally tagged).
struct Variant<'r, 'a> {
    reader: &'r mut Reader<'a>,
}

impl<'de> de::EnumAccess<'de> for Variant<'_, '_> {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Unreadable> {
        let name = seed.deserialize(&mut *self.reader)?;
        self.reader.take(b':')?;
        Ok((name, self))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'_, '_> {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        Err(Unreadable)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(self.reader)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        de::Deserializer::deserialize_seq(self.reader, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Unreadable> {
        de::Deserializer::deserialize_map(self.reader, visitor)
    }
}

#[cfg(test)]
mod tests;
