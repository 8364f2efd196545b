use std::io::ErrorKind;
use std::time::Duration;

use futures::{FutureExt, StreamExt, stream};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::Notify;

use super::*;

const HELLO: &str = "GET /hello HTTP/1.1\r\nhost: x\r\n\r\n";
const FEED: &str = "GET /feed HTTP/1.1\r\nhost: x\r\n\r\n";
const FLOOD: &str = "GET /flood HTTP/1.1\r\nhost: x\r\n\r\n";
const SLOW: &str = "GET /slow HTTP/1.1\r\nhost: x\r\n\r\n";

const fn fine(part: &'static str) -> Result<&'static str, Infallible> {
    Ok(part)
}

/// A server without a socket, whose clock is moved by hand.
struct Hall {
    all: Arc<Connections>,
    router: Router,
    slow: Arc<Notify>,
}

impl Hall {
    fn of(places: usize) -> Self {
        let slow = Arc::new(Notify::new());
        let waits = Arc::clone(&slow);
        let router = Router::new().fallback(async move |request: Request<Body>| match request.uri().path() {
            "/body" => Body::from(axum::body::to_bytes(request.into_body(), 100).await.unwrap_or_default()),
            "/feed" => Body::from_stream(stream::once(async { fine("picture") }).chain(stream::pending())),
            "/flood" => Body::from_stream(stream::repeat("more").map(fine)),
            "/slow" => {
                waits.notified().await;
                Body::from("at last")
            }
            "/refuse" => Body::from("too large"),
            _ => Body::from("hello"),
        });
        Self { all: Connections::new(Limits::with_places(places)), router, slow }
    }

    /// Somebody comes and says something.
    async fn comes(&self, said: &str) -> Phone {
        let place = self.all.enter().await.expect("there is a place");
        let (near, far) = tokio::io::duplex(4096);
        tokio::spawn(converse(place, far, self.router.clone(), SocketAddr::from(([10, 0, 0, 1], 1))));
        let mut phone = Phone(near);
        phone.says(said).await;
        phone
    }

    async fn pass(&self, time: Duration) {
        for _ in 0..time.as_millis() / 500 {
            self.all.step();
        }
        settle().await;
    }
}

struct Phone(DuplexStream);

impl Phone {
    async fn says(&mut self, said: &str) {
        self.0.write_all(said.as_bytes()).await.unwrap();
        settle().await;
    }

    /// What came until now, and whether more may come.
    fn hears(&mut self) -> (String, bool) {
        let (mut heard, mut bytes) = (String::new(), [0; 4096]);
        loop {
            match self.0.read(&mut bytes).now_or_never() {
                None => return (heard, true),
                Some(Ok(0)) => return (heard, false),
                Some(Ok(read)) => heard.push_str(std::str::from_utf8(&bytes[..read]).unwrap()),
                Some(Err(error)) => panic!("{error}"),
            }
        }
    }

    fn is_open(&mut self) -> bool {
        self.hears().1
    }
}

/// Everything that can go on goes on.
async fn settle() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test]
async fn a_head_without_an_end_a_body_that_never_comes_and_silence_have_each_their_time() {
    let hall = Hall::of(10);
    for (said, most) in [
        ("", 10),
        ("GET /hello HTTP/1.1\r\nhost: x\r\n", 10),
        ("POST /body HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nabc", 30),
        (HELLO, 60),
    ] {
        let mut phone = hall.comes(said).await;
        hall.pass(seconds(most)).await;
        assert!(phone.is_open(), "{said}");
        hall.pass(seconds(1)).await;
        assert!(!phone.is_open(), "{said}");
    }
    let mut drips = hall.comes("GET /hello HTTP/1.1\r\n").await;
    for _ in 0..3 {
        hall.pass(seconds(4)).await;
        let _ = drips.0.write_all(b"x: y\r\n").await.map_err(|error| assert_eq!(error.kind(), ErrorKind::BrokenPipe));
    }
    assert!(!drips.is_open(), "a byte now and then is no end");
}

#[tokio::test]
async fn a_feed_and_a_slow_answer_last_as_long_as_they_are_taken_and_whoever_takes_nothing_ends() {
    let hall = Hall::of(10);
    let (mut feed, mut slow, mut flood) = (hall.comes(FEED).await, hall.comes(SLOW).await, hall.comes(FLOOD).await);
    for _ in 0..60 {
        hall.pass(seconds(60)).await;
        assert!(feed.is_open() && slow.is_open());
    }
    assert!(!flood.hears().1, "it took nothing for half a minute");
    hall.slow.notify_one();
    settle().await;
    assert!(slow.hears().0.ends_with("at last"));
    let mut flood = hall.comes(FLOOD).await;
    for _ in 0..10 {
        hall.pass(seconds(20)).await;
        assert!(flood.is_open(), "it takes, if slowly");
        settle().await;
    }
}

#[tokio::test]
async fn whoever_sends_more_than_is_read_hears_the_answer_and_does_not_send_for_ever() {
    let hall = Hall::of(10);
    let mut phone = hall.comes("POST /refuse HTTP/1.1\r\nhost: x\r\ncontent-length: 9000000\r\n\r\n").await;
    for _ in 0..100 {
        phone.says(&"a".repeat(4096)).await;
    }
    let (said, _) = phone.hears();
    assert!(said.ends_with("too large"), "{said}");
    hall.pass(seconds(11)).await;
    assert!(!phone.is_open() && phone.0.write_all(b"a").await.is_err());
}

#[tokio::test]
async fn when_all_places_are_taken_the_oldest_that_does_nothing_gives_way_and_no_feed() {
    let hall = Hall::of(3);
    let (mut feed, mut oldest) = (hall.comes(FEED).await, hall.comes(HELLO).await);
    let mut unfinished = hall.comes("GET /hello HTTP/1.1\r\n").await;
    let mut comes = hall.comes(HELLO).await;
    assert!(comes.hears().0.ends_with("hello"), "whoever needs the way to help gets it");
    assert!(!oldest.is_open() && unfinished.is_open());
    let mut next = hall.comes(HELLO).await;
    assert!(next.is_open() && !unfinished.is_open());
    assert!(feed.is_open(), "whoever follows stays");
}

#[tokio::test]
async fn at_the_stop_what_does_nothing_ends_and_what_is_answered_is_finished() {
    let hall = Hall::of(10);
    let (mut rests, mut slow) = (hall.comes(HELLO).await, hall.comes(SLOW).await);
    let all = Arc::clone(&hall.all);
    let ended = tokio::spawn(async move { all.end().await });
    settle().await;
    assert!(!rests.is_open() && slow.is_open() && !ended.is_finished());
    hall.slow.notify_one();
    settle().await;
    let (said, open) = slow.hears();
    assert!(said.ends_with("at last") && !open, "{said}");
    ended.await.unwrap();
}
