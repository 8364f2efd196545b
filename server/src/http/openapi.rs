//! The API as other clients read it: `GET /api/openapi.json`.
//!
//! The fields and the answer come from the handlers' own types; the table below says which press takes which fields. A
//! test holds the table against the routes.

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use nadwa_app::wire::Answer;
use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

use crate::http::forms::Fields;

/// One press: its route, the fields that it takes, and what it does.
struct Press(&'static str, &'static [&'static str], &'static str);

/// Every command of a session.
const PRESSES: &[Press] = &[
    Press("/s/{code}/open", &[], "Opens the session. Moderators and organizers."),
    Press("/s/{code}/next", &["step"], "The one big button: does what comes next, if `step` is still the step seen."),
    Press(
        "/s/{code}/undo",
        &["step"],
        "Takes the last step back, within ten seconds; the end of the session within a minute.",
    ),
    Press("/s/{code}/reopen", &[], "Opens a session again that was ended by mistake."),
    Press("/s/{code}/floor/give", &["slot"], "Gives the floor to a slot's speakers."),
    Press("/s/{code}/floor/yield", &[], "Ends the speech."),
    Press("/s/{code}/timer/start", &[], "Starts the speaking clock."),
    Press("/s/{code}/timer/pause", &[], "Stops it for a moment."),
    Press("/s/{code}/timer/resume", &[], "Lets it run on."),
    Press(
        "/s/{code}/timer/extend",
        &["seconds", "step"],
        "Gives more time, once for a step that was seen: 1 to 600 s.",
    ),
    Press("/s/{code}/screen", &["show"], "Puts something on the screen by hand."),
    Press("/s/{code}/screen/paper", &["page"], "Shows the current paper's messages, or a page: `page-0` is the first."),
    Press(
        "/s/{code}/questions",
        &["id", "text", "asks", "about", "adult"],
        "A phone asks; by whom and about which slot by choice, and whether only an adult shall read it. The same id again is the same question.",
    ),
    Press(
        "/s/{code}/questions/change",
        &["id", "text"],
        "Its asker says it anew while it waits, or after it was held.",
    ),
    Press(
        "/s/{code}/questions/read",
        &["item"],
        "A desk opens a question to read it: no other desk decides meanwhile.",
    ),
    Press("/s/{code}/questions/{id}/read", &[], "The same, named in the address."),
    Press("/s/{code}/questions/mix", &[], "Takes the suggested order of the cards."),
    Press("/s/{code}/questions/sooner", &["item"], "One place towards the beginning."),
    Press("/s/{code}/questions/{id}/sooner", &[], "The same, named in the address."),
    Press("/s/{code}/questions/later", &["item"], "One place towards the end."),
    Press("/s/{code}/questions/{id}/later", &[], "The same, named in the address."),
    Press("/s/{code}/questions/join", &["item", "to"], "Joins it to a similar question, in whatever language."),
    Press("/s/{code}/questions/{id}/join", &["to"], "The same, named in the address."),
    Press("/s/{code}/questions/part", &["item"], "Takes it out of its group."),
    Press("/s/{code}/questions/{id}/part", &[], "The same, named in the address."),
    Press("/s/{code}/questions/owe", &["item", "to"], "An organisation owes the answer."),
    Press("/s/{code}/questions/{id}/owe", &["to"], "The same, named in the address."),
    Press(
        "/s/{code}/desk/slip",
        &["id", "text", "asks", "about", "adult"],
        "Types in a question from paper. Besides: `receipt`, the number on the slip.",
    ),
    Press("/s/{code}/receipt", &["id"], "A phone shows the receipt of its own question."),
    Press(
        "/s/{code}/fates",
        &["to"],
        "Moderators say what became of many: `pick`, once for each; `as`: `answered`, `owed` (by `to`), `no_time`, \
         `already_asked`, `other_topic`, `other_session`.",
    ),
    Press("/s/{code}/desk/slow", &["on"], "Asks the hall to ask less often, or as usual."),
    Press("/s/{code}/questions/withdraw", &["id"], "Its asker takes a question back while it waits."),
    Press("/s/{code}/questions/pass", &["item"], "The desk passes a question to the children."),
    Press("/s/{code}/questions/{id}/pass", &[], "The same, named in the address."),
    Press("/s/{code}/questions/hold", &["item", "reason"], "The desk gives it back to its asker, with a reason."),
    Press("/s/{code}/questions/{id}/hold", &["reason"], "The same, named in the address."),
    Press("/s/{code}/questions/safeguard", &["item"], "The desk hands it to the safeguarding lead."),
    Press("/s/{code}/questions/{id}/safeguard", &[], "The same, named in the address."),
    Press("/s/{code}/questions/take-back", &["item"], "The desk takes its decision back, within ten seconds."),
    Press("/s/{code}/questions/{id}/take-back", &[], "The same, named in the address."),
    Press("/s/{code}/questions/choose", &["item"], "A moderator chooses a passed question."),
    Press("/s/{code}/questions/{id}/choose", &[], "The same, named in the address."),
    Press("/s/{code}/questions/put-back", &["item"], "A moderator puts it back for later."),
    Press("/s/{code}/questions/{id}/put-back", &[], "The same, named in the address."),
    Press("/s/{code}/questions/show", &["item"], "Shows it on the screen."),
    Press("/s/{code}/questions/{id}/show", &[], "The same, named in the address."),
    Press("/s/{code}/questions/answered", &["item"], "It was answered."),
    Press("/s/{code}/questions/{id}/answered", &[], "The same, named in the address."),
    Press("/s/{code}/questions/not-used", &["item", "reason"], "It will not be used, for a kind reason."),
    Press("/s/{code}/questions/{id}/not-used", &["reason"], "The same, named in the address."),
    Press("/s/{code}/polls/put-away", &[], "Takes the poll off the phones."),
    Press("/s/{code}/polls/{id}/open", &[], "Opens a poll."),
    Press("/s/{code}/polls/{id}/close", &[], "Closes it: its ballots become totals."),
    Press("/s/{code}/polls/{id}/show", &[], "Shows a closed poll's results."),
    Press(
        "/s/{code}/polls",
        &["id", "step"],
        "Makes a poll on the spot: `kind`, `question`, `options` (one on each line), `most`, `low`, `high`, `apart`, \
         `seats`; `open`: `later` leaves it a draft. A `kind` without a question is a ready one.",
    ),
    Press(
        "/s/{code}/polls/{id}/ballot",
        &["choice"],
        "A phone votes; again is a change of mind. Besides: `number`, `from`.",
    ),
    Press("/s/{code}/polls/{id}/last-call", &[], "Tells everybody that it closes soon."),
    Press("/s/{code}/polls/{id}/second-round", &[], "Makes a second round, with both results to compare."),
    Press("/s/{code}/polls/{id}/annul", &["reason"], "It does not count: `unclear`, `options` or `devices`."),
    Press("/s/{code}/polls/{id}/hands", &[], "Hands counted in the room: `hand`, once for each option."),
    Press("/s/{code}/polls/{id}/word", &["id", "text"], "A phone says a word for the cloud; the desk reads it first."),
    Press("/s/{code}/polls/{id}/box", &["id", "choice"], "A ballot from the tablet that goes round."),
    Press("/s/{code}/seat", &[], "A phone takes a seat by its code: `seat`."),
    Press("/s/{code}/seats", &["id"], "Makes seat codes, so many as `number`; earlier ones stop."),
    Press("/s/{code}/desk/here", &[], "A desk can be seen; with `by`: `hand`, somebody is at it."),
    Press("/s/{code}/safety/pause", &[], "An adult pauses the session for safety."),
    Press("/s/{code}/safety/resume", &[], "The pause ends."),
    Press("/s/{code}/timer/interpretation", &[], "The clock waits until interpretation has caught up."),
    Press("/s/{code}/timer/short", &["of"], "Starts the short clock of a `question` or an `answer`."),
    Press("/s/{code}/screen/pin", &["on"], "Holds the screen while the session moves on, or lets it follow."),
    Press("/s/{code}/queue", &["id", "name", "group", "first", "read"], "Asks for the floor: for oneself, or by name."),
    Press("/s/{code}/queue/close", &["on"], "Closes the list of those who wait, or opens it again."),
    Press("/s/{code}/queue/{id}/{act}", &[], "One turn: withdraw, up, down, remove, give, remark."),
    Press("/s/{code}/plan/add", &["id", "kind", "title", "person", "minutes", "before"], "Adds a part."),
    Press("/s/{code}/plan/minutes", &["keep"], "Whether the minutes of a closed meeting stay when it ends."),
    Press("/s/{code}/plan/pace", &["stretch", "grace", "turn", "question", "answer"], "How much time things get."),
    Press("/s/{code}/plan/groups", &["name"], "Names a group whose speaking time counts together."),
    Press("/s/{code}/plan/rules", &["rules"], "The children's ground rules, one a line."),
    Press("/s/{code}/plan/{id}/{act}", &["minutes", "limit", "cue", "say"], "One part: remove, up, down, time, care."),
    Press("/s/{code}/team/{act}", &["help", "id", "to", "ready", "text"], "help, help-over, answer, rest, back, send."),
    Press("/s/{code}/team/read/{id}", &[], "A word from behind the scenes was read."),
    Press("/s/{code}/rehearsal/{act}", &[], "A rehearsal: start, leave, and four things that may go wrong."),
    Press("/s/{code}/signal", &["signal"], "A phone's gentle sign: slower, louder, word."),
];

/// `GET /api/openapi.json`.
pub async fn openapi() -> Response {
    ([(header::CACHE_CONTROL, "no-cache")], Json(document())).into_response()
}

fn document() -> Value {
    let mut schemas = SchemaGenerator::default();
    let fields = schemas.root_schema_for::<Fields>().to_value();
    let answer = schemas.subschema_for::<Answer>().to_value();
    let mut paths = reading();
    for press in PRESSES {
        paths.insert(press.0.to_owned(), json!({"post": press.describe(&fields)}));
    }
    let definitions = serde_json::to_string(&schemas.take_definitions(true)).unwrap_or_default();
    let text = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Nadwa",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "One press, one POST, as a form or as JSON. A form is answered by 303, JSON by an Answer.",
            "license": {"name": "MIT OR Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": serde_json::from_str::<Value>(&definitions).unwrap_or_default(), "responses": responses(&answer)},
    })
    .to_string()
    .replace("#/$defs/", "#/components/schemas/");
    serde_json::from_str(&text).unwrap_or_default()
}

impl Press {
    fn describe(&self, fields: &Value) -> Value {
        let Self(path, names, summary) = self;
        let own: Map<String, Value> =
            names.iter().map(|name| ((*name).to_owned(), fields["properties"][*name].clone())).collect();
        let body = json!({"schema": {"type": "object", "properties": own}});
        let to = |name: &str| json!({"$ref": format!("#/components/responses/{name}")});
        json!({
            "summary": summary,
            "parameters": parameters(path),
            "requestBody": {"content": {"application/json": body, "application/x-www-form-urlencoded": body}},
            "responses": {
                "200": to("Done"), "303": to("Form"), "400": to("Refused"), "403": to("Refused"), "404": to("Refused"),
                "422": to("Refused"), "429": to("TooOften"), "503": to("Refused"),
            },
        })
    }
}

fn parameters(path: &str) -> Vec<Value> {
    let code = json!({"name": "code", "in": "path", "required": true, "schema": {"type": "string"},
        "description": "The session's join code: six digits."});
    let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}});
    let act = json!({"name": "act", "in": "path", "required": true, "schema": {"type": "string"}});
    let named = |name: &str| path.contains(name);
    [(named("{code}"), code), (named("{id}"), id), (named("{act}"), act)]
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, one)| one)
        .collect()
}

fn responses(answer: &Value) -> Value {
    let json_answer = json!({"application/json": {"schema": answer}});
    json!({
        "Done": {"description": "It is on disk.", "content": json_answer},
        "Form": {"description": "It is on disk; back to the form's page."},
        "Refused": {"description": "A rule or a failure said no: the sentence is in the reader's language.", "content": json_answer},
        "TooOften": {"description": "Too often.", "content": json_answer,
            "headers": {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}},
    })
}

/// What is read rather than pressed.
fn reading() -> Map<String, Value> {
    let text = |summary: &str, kind: &str, path: &str| {
        json!({"get": {"summary": summary, "parameters": parameters(path),
            "responses": {"200": {"description": "What was asked for.", "content": {kind: {"schema": {"type": "string"}}}}}}})
    };
    let mut paths = Map::new();
    let mut add = |path: &str, summary: &str, kind: &str| paths.insert(path.to_owned(), text(summary, kind, path));
    add("/s/{code}/feed", "The session's pictures for `?as=` a role, as server-sent events.", "text/event-stream");
    add("/clock", "The server's instant in milliseconds since 1970 (UTC).", "text/plain");
    add("/healthz", "The process answers.", "text/plain");
    add("/readyz", "Reads and writes would be served.", "text/plain");
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paths of the route table that are pressed in a session.
    fn routes() -> Vec<&'static str> {
        let table = concat!(include_str!("../http.rs"), include_str!("fates.rs"));
        let lines = table.lines().filter(|line| line.contains(".route(\"/s/{code}") && line.contains("post("));
        lines.filter_map(|line| line.split('"').nth(1)).collect()
    }

    #[test]
    fn every_press_is_described_and_nothing_else() {
        let described: Vec<&str> = PRESSES.iter().map(|press| press.0).collect();
        let missing: Vec<_> = routes().into_iter().filter(|path| !described.contains(path)).collect();
        let gone: Vec<_> = described.iter().filter(|path| !routes().contains(path)).collect();
        assert!(missing.is_empty() && gone.is_empty(), "not described: {missing:?}; not there: {gone:?}");
    }

    #[test]
    fn every_field_is_one_of_the_handlers_own() {
        let document = document();
        for Press(path, names, _) in PRESSES {
            for name in *names {
                let body = &document["paths"][*path]["post"]["requestBody"]["content"]["application/json"];
                assert!(body["schema"]["properties"][*name].is_object(), "{path} has no field {name}");
            }
        }
        assert!(document["components"]["schemas"]["Answer"]["properties"]["message"].is_object());
    }
}
