//! TLS in the program (`V5`): its own certificate, renewed without a restart, and what follows for cookies and addresses.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use nadwa::config::Listen;
use nadwa::edge::Clock;
use nadwa::listen::Tls;
use nadwa::serve::Server;
use nadwa::store;
use nadwa_app::pages::Assets;
use nadwa_tests::folder::Folder;
use nadwa_tests::hall::BEGIN;
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// The name that phones ask for.
pub const NAME: &str = "nadwa.test";

/// A certificate and its key, written where the server reads them.
pub fn renew(folder: &Path) -> CertificateDer<'static> {
    std::fs::create_dir_all(folder).unwrap();
    let CertifiedKey::<KeyPair> { cert, signing_key } = generate_simple_self_signed([NAME.to_owned()]).unwrap();
    std::fs::write(folder.join("key.pem"), signing_key.serialize_pem()).unwrap();
    std::fs::write(folder.join("cert.pem"), cert.pem()).unwrap();
    cert.der().clone()
}

fn listen(folder: &Path) -> Listen {
    let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    let own = Listen::at(([127, 0, 0, 1], 0).into());
    let public_url = Some(format!("https://{NAME}"));
    let http_addr = Some(([127, 0, 0, 1], 0).into());
    Listen { public_url, tls_cert: Some(certificate), tls_key: Some(key), http_addr, answer_probes: true, ..own }
}

async fn bind(folder: &Path) -> Result<Server, String> {
    let store = store::open(&folder.join("data").display().to_string()).await.unwrap();
    Server::bind_with(store, Clock::by_hand(BEGIN), &listen(folder), Assets::default()).await
}

/// Whoever trusts this certificate and no other.
pub fn trusting(trusted: &CertificateDer<'static>) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config =
        config.with_safe_default_protocol_versions().unwrap().with_root_certificates(roots).with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

/// What the server answers to whoever trusts this certificate and no other; nothing if it shows another one.
async fn ask(addr: std::net::SocketAddr, trusted: &CertificateDer<'static>, path: &str) -> Option<String> {
    let stream = TcpStream::connect(addr).await.unwrap();
    let tls = trusting(trusted).connect(ServerName::try_from(NAME).unwrap(), stream).await.ok()?;
    Some(exchange(tls, path).await)
}

async fn exchange<I: AsyncReadExt + AsyncWriteExt + Unpin>(stream: I, path: &str) -> String {
    say(stream, format!("GET {path} HTTP/1.1").as_bytes()).await
}

async fn say<I: AsyncReadExt + AsyncWriteExt + Unpin>(mut stream: I, asks: &[u8]) -> String {
    let rest = format!("\r\nhost: {NAME}\r\nconnection: close\r\n\r\n");
    stream.write_all(&[asks, rest.as_bytes()].concat()).await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_phone_asks_by_tls_and_a_renewed_certificate_is_shown_without_a_restart() {
    let folder = Folder::new();
    let first = renew(folder.path());
    let server = bind(folder.path()).await.unwrap();
    let (addr, beside, stop) = (server.addr().unwrap(), server.plain_addr().unwrap(), server.stopper());
    let running = tokio::spawn(server.run());
    let page = ask(addr, &first, "/").await.unwrap();
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(page.contains("strict-transport-security: max-age="), "{page}");
    let cookies: Vec<_> = page.lines().filter(|line| line.starts_with("set-cookie: ")).collect();
    assert!(!cookies.is_empty() && cookies.iter().all(|cookie| cookie.contains("; Secure")), "{cookies:?}");
    // Whoever speaks plain http, there or beside it, is told where; whatever is asked for.
    for at in [addr, beside] {
        let plain = async |asks: &[u8]| say(TcpStream::connect(at).await.unwrap(), asks).await;
        let asked: [(&[u8], &str); 4] = [
            (b"GET /help?lang=fr HTTP/1.1", "/help?lang=fr"),
            (b"OPTIONS * HTTP/1.1", "/"),
            (b"GET http://other.example//x HTTP/1.1", "//x"),
            (b"POST /s/1/questions HTTP/1.1", "/s/1/questions"),
        ];
        for (asks, there) in asked {
            let told = plain(asks).await;
            let location = format!("location: https://{NAME}{there}\r\n");
            assert!(told.starts_with("HTTP/1.1 308") && told.contains(&location), "{told}");
        }
        let odd = plain(b"GET /\x7f\xff HTTP/1.1").await;
        assert!(odd.starts_with("HTTP/1.1 308") || odd.starts_with("HTTP/1.1 400"), "{odd}");
        assert!(plain(b"GET /generate_204 HTTP/1.1").await.starts_with("HTTP/1.1 204"), "phones ask by plain http");
    }
    let second = renew(folder.path());
    let renewed = async {
        while ask(addr, &second, "/healthz").await.is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), renewed).await.expect("the new one is shown");
    assert!(ask(addr, &first, "/healthz").await.is_none(), "and the old one is not");
    stop.cancel();
    running.await.unwrap().unwrap();
}

#[tokio::test]
async fn half_of_a_renewal_and_nonsense_leave_what_is_shown() {
    let folder = Folder::new();
    renew(folder.path());
    let [certificate, key] = ["cert.pem", "key.pem"].map(|name| folder.path().join(name));
    let tls = Tls::open(&certificate, &key).unwrap();
    let (first, says) = (tls.shown(), tls.certificate().unwrap());
    assert!(says.is_for(&format!("https://{NAME}:4700")) && !says.is_for("https://other.test"), "{says:?}");
    let whole = [&certificate, &key].map(|path| std::fs::read(path).unwrap());
    let other = Folder::new();
    let second = renew(other.path());
    for (path, bytes) in [
        (&key, b"-----BEGIN NOTHING-----".to_vec()),
        (&key, whole[1].clone()),
        (&certificate, std::fs::read(other.path().join("cert.pem")).unwrap()),
    ] {
        std::fs::write(path, bytes).unwrap();
        tls.look_again();
        assert_eq!(tls.shown(), first);
    }
    std::fs::remove_file(&certificate).unwrap();
    tls.look_again();
    assert_eq!(tls.shown(), first, "a file that is away for a moment");
    std::fs::copy(other.path().join("cert.pem"), &certificate).unwrap();
    std::fs::copy(other.path().join("key.pem"), &key).unwrap();
    tls.look_again();
    assert_eq!(tls.shown(), Some(second));
}

#[test]
fn what_does_not_fit_is_refused_at_the_start_in_one_sentence() {
    let folder = Folder::new();
    renew(folder.path());
    let own = std::fs::read(folder.path().join("key.pem")).unwrap();
    renew(folder.path());
    let refused = || listen(folder.path()).tls().err().unwrap();
    std::fs::write(folder.path().join("key.pem"), own).unwrap();
    assert!(refused().starts_with("certificate and key do not fit together"));
    std::fs::write(folder.path().join("key.pem"), "no key").unwrap();
    assert!(refused().starts_with("cannot read the key"));
    std::fs::write(folder.path().join("cert.pem"), "").unwrap();
    assert!(refused().starts_with("cannot read the certificate"));
    let http = Listen { public_url: Some(format!("http://{NAME}")), ..listen(folder.path()) };
    assert!(http.tls().err().unwrap().contains("--public-url"));
}
