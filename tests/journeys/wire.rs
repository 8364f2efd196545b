//! What comes over the wire (`G4`): whoever floods keeps nobody behind the same address from anything, and connections
//! that do nothing give way.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use nadwa::config::Listen;
use nadwa::edge::Clock;
use nadwa::http::comers::Comer;
use nadwa::permits::Origin;
use nadwa::serve::Server;
use nadwa_app::pages::Assets;
use nadwa_tests::client::Client;
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::Hall;
use reqwest::StatusCode;
use serde_json::json;

use crate::process::{Process, demo_with};

/// The address that everybody in a hall of tests has.
const HALL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_floods_the_halls_address_takes_nothing_from_phones_consoles_and_the_way_to_help() {
    let hall = Hall::open().await;
    let (phone, moderator) = (hall.phone().await, hall.moderator().await);
    let stranger = || Client::new(hall.url(), &hall.live.code);
    let (app, ends) = (hall.app().clone(), std::sync::Arc::new(AtomicBool::new(false)));
    let over = std::sync::Arc::clone(&ends);
    let flood = std::thread::spawn(move || {
        while !over.load(Ordering::Relaxed) {
            let _too_many = app.comers.asks(Comer::Other, Origin::of(Some(HALL)), None, app.rooms.clock().now());
        }
    });
    let page = format!("/s/{}", hall.live.code);
    while stranger().get("/programme").await.status != StatusCode::TOO_MANY_REQUESTS {}
    for _ in 0..5 {
        for help in ["/help", "/healthz", "/exit.js", &format!("{page}/help")] {
            assert_eq!(stranger().get(help).await.status, StatusCode::OK, "{help}");
        }
        assert_eq!(phone.get(&page).await.status, StatusCode::OK);
        assert_eq!(phone.post_form("/help/call", &[("place", "عند الباب")]).await.status, StatusCode::OK);
        assert_eq!(moderator.get(&format!("{page}/console")).await.status, StatusCode::OK);
        moderator.press("/timer/pause", json!({})).await;
        assert_ne!(moderator.press("/timer/resume", json!({})).await.status, StatusCode::TOO_MANY_REQUESTS);
    }
    ends.store(true, Ordering::Relaxed);
    flood.join().unwrap();
    hall.close().await;
}

#[tokio::test]
async fn one_phone_opens_no_more_streams_than_it_has_pages_and_the_next_phone_has_its_own() {
    let hall = Hall::open().await;
    let (greedy, next) = (hall.phone().await, hall.phone().await);
    let mut open = Vec::new();
    while greedy.feed_status("audience").await == StatusCode::OK && open.len() < 100 {
        open.push(greedy.follow("audience").await);
    }
    assert!((12..=64).contains(&open.len()), "{}", open.len());
    next.follow("audience").await.picture().await;
    drop(open);
    let again = async { while greedy.feed_status("audience").await != StatusCode::OK {} };
    tokio::time::timeout(Duration::from_secs(10), again).await.expect("what has ended counts no longer");
    hall.close().await;
}

#[tokio::test]
async fn where_phones_see_tls_every_answer_says_so_for_a_year() {
    let folder = Folder::new();
    let store = nadwa::store::open(&folder.path().display().to_string()).await.unwrap();
    let public_url = Some("https://nadwa.example.org".to_owned());
    let listen = Listen { public_url, behind_proxy: true, ..Listen::at(([127, 0, 0, 1], 0).into()) };
    let server = Server::bind_with(store, Clock::system(), &listen, Assets::default()).await.unwrap();
    let (behind, stop) = (format!("http://{}", server.addr().unwrap()), server.stopper());
    let running = tokio::spawn(server.run());
    let hall = Hall::open().await;
    for path in ["/", "/help", "/healthz", "/s/nowhere", "/robots.txt"] {
        let said =
            async |url: &str| Client::new(url, "").get(path).await.header("strict-transport-security").to_owned();
        assert_eq!(said(&behind).await, "max-age=31536000", "{path}");
        assert_eq!(said(hall.url()).await, "", "{path}");
    }
    stop.cancel();
    running.await.unwrap().unwrap();
    hall.close().await;
}

/// Opens connections that begin a request and do not end it.
fn unfinished(server: &Process, many: usize) -> Vec<TcpStream> {
    let address = server.url.strip_prefix("http://").unwrap();
    let reach = |_| {
        let mut stream = TcpStream::connect(address).ok()?;
        stream.write_all(b"GET /help HTTP/1.1\r\nhost: x\r\n").ok()?;
        Some(stream)
    };
    (0..many).filter_map(reach).collect()
}

fn is_held(stream: &mut TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    stream.read(&mut [0]).is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
}

#[cfg(unix)]
#[tokio::test]
async fn few_open_files_are_raised_and_where_they_cannot_be_whoever_does_nothing_gives_way() {
    // As many systems begin: a low limit that may be raised.
    let soft = demo_with("ulimit -Sn 256");
    let mut held = unfinished(&soft.process, 400);
    assert_eq!(Client::new(&soft.process.url, "").get("/help").await.status, StatusCode::OK);
    assert_eq!(held.iter_mut().filter_map(|stream| is_held(stream).then_some(())).count(), 400);
    // And one that may not.
    let hard = demo_with("ulimit -n 256");
    let phone = hard.by("audience").await;
    let mut feed = phone.follow("audience").await;
    feed.picture().await;
    let mut held = unfinished(&hard.process, 400);
    assert_eq!(Client::new(&hard.process.url, "").get("/help").await.status, StatusCode::OK);
    let still = held.iter_mut().filter_map(|stream| is_held(stream).then_some(())).count();
    assert!(still <= 256, "{still}");
    hard.by("desk").await.does("/safety/pause", json!({})).await;
    feed.picture().await;
    // Whoever runs it reads why, and what to do.
    let told = |line: &String| line.contains("few files") && line.contains("ulimit -Hn");
    assert!(hard.process.early.iter().any(told) && !soft.process.early.iter().any(told), "{:#?}", hard.process.early);
}
