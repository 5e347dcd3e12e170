//! Drive: browsers that ask one page after another over connections that stay open, and how long each answer took.

use anyhow::{Context, bail};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Method, Request, header};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

pub struct Line {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

pub struct Reply {
    pub status: u16,
    pub location: String,
    pub body: Bytes,
}

impl Line {
    #[expect(
        clippy::disallowed_methods,
        reason = "a connection of the load lives beside its requests"
    )]
    pub async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self {
            sender,
            host: address.to_string(),
        })
    }

    pub async fn get(&mut self, url: &str, secret: &str) -> anyhow::Result<Reply> {
        self.send(Method::GET, url, secret, Bytes::new()).await
    }

    pub async fn post(&mut self, url: &str, secret: &str, body: String) -> anyhow::Result<Reply> {
        self.send(Method::POST, url, secret, body.into()).await
    }

    async fn send(
        &mut self,
        method: Method,
        url: &str,
        secret: &str,
        body: Bytes,
    ) -> anyhow::Result<Reply> {
        self.sender.ready().await?;
        let request = Request::builder()
            .method(method)
            .uri(url)
            .header(header::HOST, &self.host)
            .header(header::COOKIE, format!("gendan={secret}"))
            .header(header::ACCEPT_ENCODING, "gzip")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Full::new(body))?;
        let reply = self.sender.send_request(request).await?;
        let status = reply.status().as_u16();
        let location = reply
            .headers()
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let body = reply.into_body().collect().await?.to_bytes();
        Ok(Reply {
            status,
            location,
            body,
        })
    }
}

/// Answers and how long each took, in microseconds.
#[derive(Clone, Debug, Default)]
pub struct Took {
    pub micros: Vec<u64>,
    pub wall: Duration,
}

impl Took {
    pub fn join(&mut self, other: Self) {
        self.micros.extend(other.micros);
        self.wall += other.wall;
    }

    /// Answers each second, times a thousand: the report divides.
    pub fn rate_milli(&self) -> u64 {
        let wall = u64::try_from(self.wall.as_micros())
            .unwrap_or(u64::MAX)
            .max(1);
        u64::try_from(self.micros.len()).unwrap_or(0) * 1_000_000_000 / wall
    }

    pub fn percentile(&self, per_thousand: usize) -> u64 {
        let mut all = self.micros.clone();
        all.sort_unstable();
        let at = (all.len() * per_thousand / 1000).min(all.len().saturating_sub(1));
        all.get(at).copied().unwrap_or(0)
    }
}

/// `connections` browsers ask for `urls` in turn until the time is over.
pub async fn pages(
    address: SocketAddr,
    secret: &str,
    urls: &[String],
    (connections, time): (usize, Duration),
) -> anyhow::Result<Took> {
    let (urls, secret): (Arc<[String]>, Arc<str>) = (urls.into(), secret.into());
    let begun = Instant::now();
    let mut all = JoinSet::new();
    for one in 0..connections {
        let (urls, secret) = (Arc::clone(&urls), Arc::clone(&secret));
        all.spawn(async move { browser((address, &secret), &urls, one, (begun, time)).await });
    }
    let mut took = Took::default();
    while let Some(done) = all.join_next().await {
        took.micros.extend(done??);
    }
    took.wall = begun.elapsed();
    Ok(took)
}

async fn browser(
    (address, secret): (SocketAddr, &str),
    urls: &[String],
    from: usize,
    (begun, time): (Instant, Duration),
) -> anyhow::Result<Vec<u64>> {
    let mut line = Line::open(address).await?;
    let mut micros = Vec::new();
    for turn in from.. {
        if begun.elapsed() >= time {
            break;
        }
        let url = urls.get(turn % urls.len()).context("no address")?;
        let asked = Instant::now();
        let reply = line.get(url, secret).await?;
        if reply.status != 200 {
            bail!("{url} answered {}", reply.status);
        }
        micros.push(u64::try_from(asked.elapsed().as_micros())?);
    }
    Ok(micros)
}
