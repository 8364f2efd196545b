//! A device: its cookies, its presses, and the feed that it follows.

use std::time::Duration;

use futures::StreamExt;
use reqwest::redirect::Policy;
use reqwest::{Response, StatusCode, header};
use serde_json::{Value, json};
use uuid::Uuid;

/// The longest that a test waits for a fact. Nothing ever waits for so long: it is the sign of a failure.
const LONGEST: Duration = Duration::from_secs(20);

/// A device with its own cookies.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    code: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: header::HeaderMap,
    /// The body.
    pub body: String,
}

impl Answer {
    async fn of(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        Self { status, headers, body: response.text().await.expect("a body") }
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }

    /// A header.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Client {
    /// A new device that knows a session's code.
    ///
    /// # Panics
    /// If the client cannot be made.
    #[must_use]
    pub fn new(base: &str, code: &str) -> Self {
        // No connection is kept: one to a server that was killed would look alive.
        let http = reqwest::Client::builder().cookie_store(true).redirect(Policy::limited(5)).no_proxy();
        let http = http.pool_max_idle_per_host(0);
        Self { http: http.build().expect("a client"), base: base.to_owned(), code: code.to_owned() }
    }

    /// The same device, moved to another node.
    #[must_use]
    pub fn at(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// The same device in another session: its cookies stay.
    #[must_use]
    pub fn within(&self, code: &str) -> Self {
        Self { code: code.to_owned(), ..self.clone() }
    }

    /// Opens a page; redirects are followed. What stands behind `#` in a link is posted, as its page's script does.
    pub async fn get(&self, path: &str) -> Answer {
        if let Some((door, secret)) = path.split_once('#').filter(|(_, secret)| secret.len() > 8) {
            return self.post_form(door, &[("secret", secret)]).await;
        }
        let request = self.http.get(format!("{}{path}", self.base)).header(header::ACCEPT, "text/html");
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// What an address answers to whoever has no cookie, and where it leads, not followed.
    ///
    /// # Panics
    /// If the client cannot be made.
    pub async fn unfollowed(&self, path: &str) -> Answer {
        let http = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().expect("a client");
        Answer::of(http.get(format!("{}{path}", self.base)).send().await.expect("an answer")).await
    }

    /// Sends JSON to an address of the session.
    pub async fn press(&self, path: &str, body: Value) -> Answer {
        let request = self.http.post(self.session(path)).json(&body).header(header::ACCEPT, "application/json");
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// Sends a plain form to an address of the session, as a page without wasm does; redirects are followed.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.http.post(self.session(path)).form(fields).header(header::ACCEPT, "text/html");
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// Sends a plain form to any address; redirects are followed.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.http.post(format!("{}{path}", self.base)).form(fields).header(header::ACCEPT, "text/html");
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// Sends JSON to any address.
    pub async fn post_json(&self, path: &str, body: Value) -> Answer {
        let request =
            self.http.post(format!("{}{path}", self.base)).json(&body).header(header::ACCEPT, "application/json");
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// Sends a file as a form does, to any address, and listens for JSON.
    pub async fn bring(&self, path: &str, name: &str, bytes: Vec<u8>) -> Answer {
        let part = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().part("file", part);
        let request =
            self.http.post(format!("{}{path}", self.base)).multipart(form).header(header::ACCEPT, "application/json");
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// Begins to send a file as a form does, and stops in the middle: the rest never comes. Whether anybody answered.
    pub async fn bring_half(&self, path: &str, name: &str, half: Vec<u8>) -> bool {
        let body = futures::stream::iter([Ok::<_, std::io::Error>(half)]).chain(futures::stream::pending());
        let part = reqwest::multipart::Part::stream(reqwest::Body::wrap_stream(body)).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().part("file", part);
        self.http.post(format!("{}{path}", self.base)).multipart(form).send().await.is_ok()
    }

    /// Sends a form with files to any address, as a page without wasm does; redirects are followed.
    pub async fn post_parts(&self, path: &str, form: reqwest::multipart::Form) -> Answer {
        let request =
            self.http.post(format!("{}{path}", self.base)).multipart(form).header(header::ACCEPT, "text/html");
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// Opens an address and takes its bytes.
    pub async fn bytes(&self, path: &str) -> (StatusCode, header::HeaderMap, Vec<u8>) {
        let response = self.http.get(format!("{}{path}", self.base)).send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        (status, headers, response.bytes().await.expect("a body").to_vec())
    }

    /// Sends anything at all to any address.
    pub async fn raw_to(&self, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = self.http.post(format!("{}{path}", self.base)).header(header::CONTENT_TYPE, kind).body(body);
        Answer::of(request.header(header::ACCEPT, "application/json").send().await.expect("an answer")).await
    }

    /// Sends anything at all.
    pub async fn raw(&self, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = self.http.post(self.session(path)).header(header::CONTENT_TYPE, kind).body(body);
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// Sends JSON with a header of the test's choice.
    pub async fn press_with(&self, path: &str, name: &str, value: &str, body: Value) -> Answer {
        let request = self.http.post(self.session(path)).json(&body).header(name, value);
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// Asks a question; returns its id.
    pub async fn ask(&self, text: &str) -> Uuid {
        let id = Uuid::new_v4();
        let answer = self.press("/questions", json!({"id": id, "text": text})).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        id
    }

    /// Presses and expects that it counts.
    pub async fn does(&self, path: &str, body: Value) {
        let answer = self.press(path, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    }

    /// Presses and expects a refusal of this name; returns the answer.
    pub async fn refused(&self, path: &str, body: Value, name: &str) -> Answer {
        let answer = self.press(path, body).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.body);
        assert_eq!(answer.json()["refusal"], name, "{path}: {}", answer.body);
        answer
    }

    /// Follows the session's feed as a role, in Arabic.
    pub async fn follow(&self, role: &str) -> Feed {
        self.follow_after(role, "").await
    }

    /// The same, saying which picture was seen last.
    pub async fn follow_after(&self, role: &str, last: &str) -> Feed {
        let url = self.session(&format!("/feed?as={role}&lang=ar"));
        let mut request = self.http.get(url);
        if !last.is_empty() {
            request = request.header("last-event-id", last);
        }
        let response = request.send().await.expect("a feed");
        assert_eq!(response.status(), StatusCode::OK, "{role}");
        Feed { bytes: Box::pin(response.bytes_stream().map(|part| part.map(|bytes| bytes.to_vec()))), read: Vec::new() }
    }

    /// Follows whatever stands at an address of its own: the safeguarding inbox, a paper.
    pub async fn follow_at(&self, path: &str) -> Feed {
        let response = self.http.get(format!("{}{path}", self.base)).send().await.expect("a feed");
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        Feed { bytes: Box::pin(response.bytes_stream().map(|part| part.map(|bytes| bytes.to_vec()))), read: Vec::new() }
    }

    /// Status and headers of any address by any method, redirects followed; the body is left unread, since it may be a
    /// stream.
    pub async fn head(&self, method: &str, path: &str, fields: &[(&str, &str)]) -> (StatusCode, header::HeaderMap) {
        let response = self.send(method, path, fields).await;
        (response.status(), response.headers().clone())
    }

    /// What any address answers by any method, redirects followed; a page that is given stays unread.
    pub async fn answer(&self, method: &str, path: &str) -> Answer {
        let response = self.send(method, path, &[]).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = if status.is_success() { String::new() } else { response.text().await.expect("a body") };
        Answer { status, headers, body }
    }

    async fn send(&self, method: &str, path: &str, fields: &[(&str, &str)]) -> Response {
        let address = format!("{}{path}", self.base);
        let request = match method {
            "POST" => self.http.post(address).form(fields),
            "HEAD" => self.http.head(address),
            // As a browser fetches what somebody may want to see.
            "PREVIEW" => {
                self.http.get(address).header("sec-purpose", "prefetch;prerender").header("x-purpose", "preview")
            }
            _ => self.http.get(address),
        };
        // Each request comes as from an address of its own: nobody here is somebody who tries out codes.
        let from = Uuid::new_v4().as_u128();
        let from = std::net::Ipv6Addr::from(from).to_string();
        request.header(header::ACCEPT, "text/html").header("x-forwarded-for", from).send().await.expect("an answer")
    }

    /// The status of a feed that may be refused.
    pub async fn feed_status(&self, role: &str) -> StatusCode {
        self.http.get(self.session(&format!("/feed?as={role}"))).send().await.expect("an answer").status()
    }

    fn session(&self, path: &str) -> String {
        format!("{}/s/{}{path}", self.base, self.code)
    }
}

type Parts = std::pin::Pin<Box<dyn futures::Stream<Item = reqwest::Result<Vec<u8>>> + Send>>;

/// A feed that is followed.
pub struct Feed {
    bytes: Parts,
    read: Vec<u8>,
}

/// One event of a feed.
#[derive(Clone, Debug, Default)]
pub struct FeedEvent {
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Its data.
    pub data: String,
    /// Every byte of it.
    pub raw: String,
}

impl Feed {
    /// The next event; nothing when the server ended the stream.
    ///
    /// # Panics
    /// If nothing comes for so long that something must be wrong.
    pub async fn event(&mut self) -> Option<FeedEvent> {
        loop {
            // A letter may be cut in two between packets; an event never ends within one.
            if let Some(end) = self.read.windows(2).position(|two| two == b"\n\n") {
                let raw = self.read.drain(..end + 2).collect();
                return Some(parse(&String::from_utf8(raw).expect("UTF-8")));
            }
            let part = tokio::time::timeout(LONGEST, self.bytes.next()).await.expect("the feed says something");
            match part {
                Some(Ok(bytes)) => self.read.extend(bytes),
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// The next picture's view.
    ///
    /// # Panics
    /// If the stream ends before.
    pub async fn picture(&mut self) -> Value {
        self.named("frame").await["view"].clone()
    }

    /// The next event of a name, as JSON.
    ///
    /// # Panics
    /// If the stream ends before.
    pub async fn named(&mut self, name: &str) -> Value {
        let named = async {
            loop {
                let event = self.event().await.unwrap_or_else(|| panic!("the feed ended before a {name}"));
                if event.name == name {
                    return serde_json::from_str(&event.data).expect("JSON");
                }
            }
        };
        tokio::time::timeout(LONGEST, named).await.unwrap_or_else(|_| panic!("no {name} came"))
    }

    /// Pictures until one fits; every one that was seen, the fitting one last.
    pub async fn until(&mut self, fits: impl Fn(&Value) -> bool) -> Vec<Value> {
        let mut seen = Vec::new();
        loop {
            let picture = self.picture().await;
            let done = fits(&picture);
            seen.push(picture);
            if done {
                return seen;
            }
        }
    }
}

fn parse(raw: &str) -> FeedEvent {
    let mut event = FeedEvent { raw: raw.to_owned(), ..FeedEvent::default() };
    for line in raw.lines() {
        match line.split_once(": ") {
            Some(("event", name)) => name.clone_into(&mut event.name),
            Some(("id", id)) => id.clone_into(&mut event.id),
            Some(("data", data)) => data.clone_into(&mut event.data),
            _ => {}
        }
    }
    event
}
