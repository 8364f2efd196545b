//! A page as its reader's browser finds it: its links, and its forms with what they hold.

use std::collections::{BTreeMap, BTreeSet};

/// A form of a page.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    /// Whether it is posted.
    pub posts: bool,
    /// Each field's name and value, as it would be sent untouched.
    pub fields: Vec<(String, String)>,
    /// The names of those that somebody can write into.
    pub written: Vec<String>,
}

/// The forms of a page that are sent as plain fields.
#[must_use]
pub fn forms(html: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let (mut open, mut select) = (false, None);
    for (tag, after) in tags(html) {
        let get = |name: &str| tag.given.get(name).cloned();
        match tag.name.as_str() {
            "form" => {
                let posts = get("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
                open = get("enctype").is_none();
                if open {
                    forms.push(Form { action: get("action").unwrap_or_default(), posts, ..Form::default() });
                }
            }
            "/form" => open = false,
            _ => {}
        }
        let Some(form) = forms.last_mut().filter(|_| open) else { continue };
        match (tag.name.as_str(), get("name")) {
            ("input", Some(name)) => form.input(name, &get("type").unwrap_or_default(), &tag.given),
            ("textarea", Some(name)) => {
                let text = after.split('<').next().unwrap_or_default();
                form.fields.push((name.clone(), plain(text)));
                form.written.push(name);
            }
            ("select", name) => select = name,
            ("option", _) => form.option(select.as_deref(), &tag.given),
            ("/select", _) => select = None,
            _ => {}
        }
    }
    forms
}

impl Form {
    fn input(&mut self, name: String, kind: &str, given: &BTreeMap<String, String>) {
        let value = given.get("value").cloned();
        match kind {
            "checkbox" | "radio" if !given.contains_key("checked") => {}
            "checkbox" | "radio" => self.fields.push((name, value.unwrap_or_else(|| "on".to_owned()))),
            "submit" | "file" => {}
            "hidden" => self.fields.push((name, value.unwrap_or_default())),
            _ => {
                self.fields.push((name.clone(), value.unwrap_or_default()));
                self.written.push(name);
            }
        }
    }

    /// The first option counts until one says that it is chosen.
    fn option(&mut self, select: Option<&str>, given: &BTreeMap<String, String>) {
        let Some(name) = select else { return };
        let value = given.get("value").cloned().unwrap_or_default();
        match self.fields.iter_mut().find(|(known, _)| known == name) {
            None => self.fields.push((name.to_owned(), value)),
            Some(known) if given.contains_key("selected") => known.1 = value,
            Some(_) => {}
        }
    }

    /// What is sent when somebody writes into one of its fields.
    #[must_use]
    pub fn with(&self, name: &str, text: &str) -> Vec<(String, String)> {
        let write = |(field, value): &(String, String)| {
            let value = if field == name { text } else { value };
            (field.clone(), value.to_owned())
        };
        self.fields.iter().map(write).collect()
    }
}

/// What a page offers to choose from under a name: options, buttons and circles.
#[must_use]
pub fn offered(html: &str, name: &str) -> BTreeSet<String> {
    let mut select = false;
    let mut found = BTreeSet::new();
    for (tag, _) in tags(html) {
        let named = tag.given.get("name").is_some_and(|given| given == name);
        let radio = tag.given.get("type").is_some_and(|kind| kind == "radio");
        let counts = match tag.name.as_str() {
            "select" => {
                select = named;
                false
            }
            "/select" => {
                select = false;
                false
            }
            "option" => select,
            "button" => named,
            "input" => named && radio,
            _ => false,
        };
        if let Some(value) = tag.given.get("value").filter(|value| counts && !value.is_empty()) {
            found.insert(value.clone());
        }
    }
    found
}

/// The pages of ours that a page leads to.
#[must_use]
pub fn links(html: &str) -> Vec<String> {
    let of_links = tags(html).filter(|(tag, _)| tag.name == "a");
    let addresses = of_links.filter_map(|(tag, _)| tag.given.get("href").cloned());
    addresses.filter(|address| address.starts_with('/') && !address.starts_with("//")).collect()
}

struct Tag {
    name: String,
    given: BTreeMap<String, String>,
}

/// Every tag, and what follows it.
fn tags(html: &str) -> impl Iterator<Item = (Tag, &str)> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find('<')? + 1..];
            let (tag, after) = tag(rest)?;
            rest = after;
            if tag.name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
                return Some((tag, after));
            }
        }
    })
}

fn tag(text: &str) -> Option<(Tag, &str)> {
    let of_a_name = |c: char| !c.is_whitespace() && !matches!(c, '=' | '>' | '"');
    let end = text.find(|c: char| c.is_whitespace() || c == '>')?;
    let (name, mut rest) = text.split_at(end);
    let mut given = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            return Some((Tag { name: name.trim_end_matches('/').to_ascii_lowercase(), given }, after));
        }
        let end = rest.find(|c| !of_a_name(c)).filter(|end| *end > 0).unwrap_or(1);
        let key = rest.get(..end)?.to_owned();
        rest = rest.get(end..)?;
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix("=\"") {
            let (quoted, behind) = after.split_once('"')?;
            (value, rest) = (plain(quoted), behind);
        }
        given.insert(key, value);
    }
}

fn plain(text: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&amp;", "&")];
    signs.iter().fold(text.to_owned(), |text, (escaped, sign)| text.replace(escaped, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_holds_what_a_browser_would_send() {
        let html = "<a href=\"/x?a=1&amp;b=2\">x</a><form method=\"post\" action=\"/y\"><input type=\"hidden\" name=\"id\" value=\"7\"/>\
            <input name=\"q\" required><textarea rows=\"2\" name=\"t\">a&lt;b</textarea><select name=\"s\"><option value=\"1\">\
            <option value=\"2\" selected></select></form>";
        let form = &forms(html)[0];
        let sent: Vec<_> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(sent, [("id", "7"), ("q", ""), ("t", "a<b"), ("s", "2")]);
        assert_eq!((form.posts, form.action.as_str(), form.written.join(" ").as_str()), (true, "/y", "q t"));
        assert_eq!(links(html), ["/x?a=1&b=2"]);
    }
}
