//! One connection as a browser keeps it: HTTP/1.1 with bare hands, so that the crowd takes little of the two cores that
//! the server has to share with it.

use std::io::{Error, ErrorKind, Result};
use std::net::{Ipv4Addr, SocketAddr};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};

/// A connection that stays open.
pub struct Wire {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Wire {
    /// Connects; `host` is an address with its port.
    pub async fn open(host: &str) -> Result<Self> {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), host: host.to_owned() })
    }

    /// The same from an address of its own on this machine: a crowd comes from many halls.
    pub async fn open_from(host: &str, place: u8) -> Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from((Ipv4Addr::new(127, 0, 1, place), 0)))?;
        let stream = socket.connect(host.parse().map_err(|_| broken())?).await?;
        Ok(Self { stream: BufReader::new(stream), host: host.to_owned() })
    }

    /// Looks at a page as a phone that has never been here; returns the token that it is given.
    pub async fn look(&mut self, path: &str) -> Result<String> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\naccept: text/html\r\n\r\n", self.host);
        self.stream.get_mut().write_all(request.as_bytes()).await?;
        self.answer().await?.1.ok_or_else(broken)
    }

    /// Sends JSON as a phone with this token; returns the status once the whole answer is here.
    pub async fn post(&mut self, path: &str, token: &str, body: &str) -> Result<u16> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\ncookie: nadwa_phone={token}\r\ncontent-type: application/json\r\n\
             accept: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes()).await?;
        Ok(self.answer().await?.0)
    }

    /// The status, and the phone's token if one was given.
    async fn answer(&mut self) -> Result<(u16, Option<String>)> {
        let status = self.line().await?.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(broken)?;
        let (mut length, mut token) = (0, None);
        loop {
            let line = self.line().await?.to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(n) = line.strip_prefix("content-length: ") {
                length = n.parse().map_err(|_| broken())?;
            }
            if let Some(set) = line.strip_prefix("set-cookie: nadwa_phone=") {
                token = set.split(';').next().map(str::to_owned);
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok((status, token))
    }

    async fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Err(broken());
        }
        Ok(line.trim_end().to_owned())
    }
}

fn broken() -> Error {
    Error::from(ErrorKind::UnexpectedEof)
}
