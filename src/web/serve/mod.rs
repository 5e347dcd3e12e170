//! The accept loop 前门: our own, on hyper, because the limits against slow and greedy clients live below axum.
//!
//! `seats.rs` counts connections, `client.rs` tells who is calling, `gate.rs` is passed by every request,
//! `pace.rs` measures how fast bytes come and go. The pages for refusals are the caller's ([`Front::refuse`]), so
//! that even a refusal carries the house's headers and speaks the reader's language.
//!
//! We chose HTTP/1.1 only: a proxy in front speaks newer versions to browsers, and one protocol has one set of limits.

use std::{convert::Infallible, io, net::IpAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};

mod client;
mod gate;
mod pace;
mod seats;

pub use client::Client;

use gate::Gate;
use pace::Steady;
use seats::{Seat, Seats};

/// How long and how much; tests use milliseconds where the house uses seconds.
#[derive(Clone, Debug)]
pub struct Limits {
    /// From the first moment of waiting for a request until its header is whole.
    pub header: Duration,
    /// How long a body may take before its rate counts, and that rate in bytes a second.
    pub body_grace: Duration,
    pub body_rate: u32,
    /// From the last byte of the request until the answer begins.
    pub request: Duration,
    /// How long a client may take none of an answer that waits for it.
    pub stall: Duration,
    /// How long running requests may take to end when the house closes.
    pub drain: Duration,
    pub header_bytes: usize,
    pub header_fields: usize,
    pub url_bytes: usize,
    pub seats: usize,
    pub seats_per_address: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            header: Duration::from_secs(10),
            body_grace: Duration::from_secs(10),
            body_rate: 1_000,
            request: Duration::from_secs(30),
            stall: Duration::from_secs(30),
            drain: Duration::from_secs(20),
            header_bytes: 32 * 1024,
            header_fields: 100,
            url_bytes: 8 * 1024,
            seats: 2_000,
            seats_per_address: 100,
        }
    }
}

/// Whether the house is to go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Halt {
    #[default]
    No,
    /// Take no more visitors, let those inside finish.
    Gently,
    /// Close at once.
    AtOnce,
}

/// Makes the page of a refusal from the headers of the request it answers.
pub type Refuse = dyn Fn(StatusCode, &HeaderMap) -> Response + Send + Sync;

/// What stands at the door besides the rooms behind it.
#[derive(Clone)]
pub struct Front {
    pub limits: Limits,
    /// Proxies whose word about the client's address counts.
    pub trusted: Vec<IpAddr>,
    pub refuse: Arc<Refuse>,
}

/// Serves until told to halt; answers how many connections had to be cut off.
pub async fn serve(
    listener: TcpListener,
    rooms: Router,
    front: Front,
    mut halt: watch::Receiver<Halt>,
) -> usize {
    let limits = front.limits.clone();
    let seats = Seats::new(limits.seats, limits.seats_per_address);
    let gate = Arc::new(Gate::new(front, rooms));
    let mut visits = JoinSet::new();
    while *halt.borrow() == Halt::No {
        tokio::select! {
            arrival = listener.accept() => match arrival {
                Ok((stream, from)) => {
                    if let Some(seat) = seats.take(from.ip(), gate.trusts(from.ip())) {
                        visits.spawn(visit(stream, from.ip(), Arc::clone(&gate), seat, halt.clone()));
                    } else {
                        turn_away(&stream);
                    }
                }
                Err(error) => pause_after(&error).await,
            },
            Some(_) = visits.join_next() => {}
            changed = halt.changed() => if changed.is_err() { break },
        }
    }
    drop(listener);
    drain(visits, limits.drain, halt).await
}

async fn drain(
    mut visits: JoinSet<()>,
    patience: Duration,
    mut halt: watch::Receiver<Halt>,
) -> usize {
    let all_gone = async { while visits.join_next().await.is_some() {} };
    let hurried = async {
        // Without a sender nobody can hurry us any more; the deadline still holds.
        if halt.wait_for(|halt| *halt == Halt::AtOnce).await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        _ = timeout(patience, all_gone) => {}
        () = hurried => {}
    }
    let cut = visits.len();
    visits.shutdown().await;
    cut
}

async fn visit(
    stream: TcpStream,
    from: IpAddr,
    gate: Arc<Gate>,
    _seat: Seat,
    mut halt: watch::Receiver<Halt>,
) {
    // Small answers shall not wait for larger ones; a socket that refuses this still works.
    let _ = stream.set_nodelay(true);
    let limits = gate.limits();
    let mut protocol = http1::Builder::new();
    protocol
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header)
        // Wider than what we take: hyper's own refusal is an empty one without our headers.
        .max_buf_size(limits.header_bytes * 2)
        .max_headers(limits.header_fields * 2);
    let io = TokioIo::new(Steady::new(stream, limits.stall));
    let service = service_fn(|request| {
        let gate = Arc::clone(&gate);
        async move { Ok::<_, Infallible>(gate.pass(request, from).await) }
    });
    let mut connection = std::pin::pin!(protocol.serve_connection(io, service));
    tokio::select! {
        // A client that goes away is no event worth a line in the log.
        _ = connection.as_mut() => return,
        _ = halt.wait_for(|halt| *halt != Halt::No) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

// Whoever finds no seat hears so where that costs nothing.
fn turn_away(stream: &TcpStream) {
    let full = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let _ = stream.try_write(full);
}

async fn pause_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if ![ConnectionAborted, ConnectionRefused, ConnectionReset].contains(&error.kind()) {
        // Out of descriptors, most likely: asking again at once would only burn the processor.
        tracing::warn!(%error, "cannot take a connection");
        sleep(Duration::from_millis(100)).await;
    }
}

#[cfg(test)]
mod tests;
