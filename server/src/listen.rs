//! Listening: whoever comes is let in, nobody may dawdle, and whoever does nothing gives way when it is full (`G4`).
//!
//! `connections` knows what each connection is doing and since when; `line` watches its bytes; `socket` is what the
//! operating system is asked for. A clock of its own ticks twice a second: no connection has a timer. No address is
//! logged anywhere here (`S13`).

mod connections;
mod line;
mod socket;
mod tls;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::ConnectInfo;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderValue, Request, Response, StatusCode, Uri, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower_service::Service;

pub use connections::{Connections, Limits};
pub use socket::{bind, most_files, open_files};
pub use tls::{Certificate, Tls};

use connections::{Connection, Place, Verdict};
use line::{Answered, Asked, Line};

/// The longest request head (request line and headers), and the size of the write buffer: 64 KiB.
const BUFFER: usize = 64 * 1024;

/// So many failures of `accept` in a row may be connections that were aborted; then it is the listening socket that is
/// broken.
const MOST_FAILURES: u32 = 10_000;

/// What whoever comes is led to.
#[derive(Clone)]
pub struct Door {
    /// Every page.
    pub router: Router,
    /// Where TLS is spoken: its certificate, and what whoever speaks plain http is led to.
    pub tls: Option<(Arc<Tls>, Router)>,
}

/// Lets in whoever comes, until the stop. It ends before only if nobody could come any more.
pub async fn accept(listener: TcpListener, door: Door, connections: Arc<Connections>, stop: CancellationToken) {
    let mut failures = 0;
    loop {
        let come = tokio::select! {
            biased;
            () = stop.cancelled() => return,
            come = listener.accept() => come,
        };
        failures = if come.is_ok() { 0 } else { failures + 1 };
        let (stream, peer) = match come {
            Ok(come) => come,
            Err(error) if socket::is_full(&error) => {
                connections.cannot_accept().await;
                continue;
            }
            // The connection was aborted before it was accepted.
            Err(_) if failures < MOST_FAILURES => continue,
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted");
                return;
            }
        };
        let place = tokio::select! {
            biased;
            () = stop.cancelled() => return,
            place = connections.enter() => place,
        };
        if let Some(place) = place {
            socket::tune(&stream);
            tokio::spawn(enter(place, stream, door.clone(), peer));
        }
    }
}

/// In TLS or without. A handshake has the time of a request's head.
async fn enter(place: Place, stream: TcpStream, door: Door, peer: SocketAddr) {
    let Some((tls, plain)) = door.tls else { return converse(place, stream, door.router, peer).await };
    let mut first = [0];
    let connection = Arc::clone(place.connection());
    let Some(Ok(1)) = connection.unless_cut(stream.peek(&mut first)).await else { return };
    if first[0] != tls::HANDSHAKE {
        return converse(place, stream, plain, peer).await;
    }
    if let Some(Ok(stream)) = connection.unless_cut(tls.acceptor().accept(stream)).await {
        converse(place, stream, door.router, peer).await;
    }
}

/// Whoever speaks plain http where TLS is spoken is told where.
pub fn elsewhere(address: &Arc<str>) -> Router {
    let address = Arc::clone(address);
    Router::new().fallback(move |uri: Uri| {
        let path = uri.path_and_query().map(PathAndQuery::as_str).filter(|path| path.starts_with('/'));
        // What stands in no header leads to the first page.
        let there = |path: &str| HeaderValue::try_from([&*address, path].concat()).ok();
        let there = there(path.unwrap_or("/")).or_else(|| there("/"));
        let there = there.map(|there| (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, there)]));
        async move { there.ok_or(StatusCode::NOT_FOUND) }
    })
}

/// Serves one connection until it ends, or has to.
async fn converse<I>(place: Place, stream: I, router: Router, peer: SocketAddr)
where
    I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let connection = place.connection();
    let own = Arc::clone(connection);
    let service = service_fn(move |request| answer(router.clone(), Arc::clone(&own), peer, request));
    let stream = TokioIo::new(Line::new(stream, Arc::clone(connection)));
    let http = http1::Builder::new().header_read_timeout(None).max_buf_size(BUFFER).serve_connection(stream, service);
    let mut http = pin!(http);
    loop {
        let verdict = tokio::select! {
            biased;
            // A broken connection is the other side's matter.
            _ = http.as_mut() => return,
            verdict = connection.told() => verdict,
        };
        match verdict {
            Verdict::GoOn => {}
            Verdict::Finish => http.as_mut().graceful_shutdown(),
            Verdict::Cut => return,
        }
    }
}

async fn answer(
    mut router: Router,
    connection: Arc<Connection>,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response<Answered>, Infallible> {
    connection.answers();
    let own = Arc::clone(&connection);
    let mut request =
        request.map(|body| if body.is_end_stream() { Body::empty() } else { Body::new(Asked::new(body, own)) });
    request.extensions_mut().insert(ConnectInfo(peer));
    let response = router.call(request).await?;
    Ok(response.map(|body| Answered::new(body, connection)))
}

#[cfg(test)]
mod tests;
