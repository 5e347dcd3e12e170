//! Real sockets, with time-outs of milliseconds.

use super::*;

use axum::{
    body::Bytes,
    extract::Extension,
    response::IntoResponse,
    routing::{get, post},
};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const SOON: Duration = Duration::from_millis(80);
const LATE: Duration = Duration::from_secs(20);

struct Door {
    at: SocketAddr,
    halt: watch::Sender<Halt>,
    served: JoinSet<usize>,
}

fn quick() -> Limits {
    Limits {
        header: SOON,
        body_grace: SOON,
        request: SOON,
        stall: SOON,
        drain: SOON,
        ..Limits::default()
    }
}

fn patient() -> Limits {
    Limits {
        header: LATE,
        body_grace: LATE,
        request: LATE,
        stall: LATE,
        drain: LATE,
        ..Limits::default()
    }
}

async fn open(limits: Limits, trusted: &[&str]) -> Door {
    let rooms = Router::new()
        .route(
            "/",
            get(|Extension(client): Extension<Client>| async move { client.0.to_string() }),
        )
        .route(
            "/body",
            post(|body: Bytes| async move { body.len().to_string() }),
        )
        .route("/stuck", get(std::future::pending::<()>))
        .route("/much", get(|| async { vec![b'x'; 64 * 1024 * 1024] }));
    let front = Front {
        limits,
        trusted: trusted.iter().map(|one| one.parse().unwrap()).collect(),
        refuse: Arc::new(|status, _| (status, "refused").into_response()),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let (halt, told) = watch::channel(Halt::No);
    let mut served = JoinSet::new();
    served.spawn(serve(listener, rooms, front, told));
    Door { at, halt, served }
}

impl Door {
    async fn knock(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.at).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }

    async fn ask(&self, request: &str) -> String {
        rest(self.knock(request).await).await
    }

    async fn close(self) -> usize {
        self.halt.send(Halt::Gently).unwrap();
        self.closed().await
    }

    async fn closed(mut self) -> usize {
        self.served.join_next().await.unwrap().unwrap()
    }
}

async fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // A connection that is reset after its answer has still answered.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("closed")
}

const HELLO: &str = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn a_visitor_is_served_and_its_address_known() {
    let door = open(patient(), &[]).await;
    let answer = door.ask(HELLO).await;
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("127.0.0.1"),
        "{answer}"
    );
    assert_eq!(door.close().await, 0);
}

#[tokio::test]
async fn a_forwarded_address_is_believed_from_a_trusted_proxy_only() {
    let forwarded =
        "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.9\r\nConnection: close\r\n\r\n";
    let plain = open(patient(), &[]).await;
    assert!(plain.ask(forwarded).await.ends_with("127.0.0.1"));
    let proxied = open(patient(), &["127.0.0.1"]).await;
    assert!(proxied.ask(forwarded).await.ends_with("203.0.113.9"));
}

#[tokio::test]
async fn a_header_that_never_ends_is_closed() {
    let door = open(quick(), &[]).await;
    let answer = timeout(LATE, door.ask("GET / HTTP/1.1\r\nHost: h\r\nX-Slow"))
        .await
        .unwrap();
    assert!(["408", "closed"].contains(&status(&answer)), "{answer}");
    let silent = timeout(LATE, door.ask("")).await.unwrap();
    assert_eq!(silent, "");
}

#[tokio::test]
async fn a_body_that_trickles_in_gets_408() {
    let door = open(quick(), &[]).await;
    let slow = "POST /body HTTP/1.1\r\nHost: h\r\nContent-Length: 500\r\n\r\nabc";
    assert_eq!(status(&timeout(LATE, door.ask(slow)).await.unwrap()), "408");
}

#[tokio::test]
async fn a_body_that_keeps_its_pace_is_taken_whole() {
    let limits = Limits {
        request: SOON,
        ..patient()
    };
    let door = open(limits, &[]).await;
    let mut stream = door
        .knock("POST /body HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 30\r\n\r\n")
        .await;
    // Longer in all than the time an answer may take: sending is not counted as answering.
    for _ in 0..3 {
        sleep(SOON / 2).await;
        stream.write_all(b"0123456789").await.unwrap();
    }
    let answer = rest(stream).await;
    assert!(answer.ends_with("30"), "{answer}");
}

#[tokio::test]
async fn an_answer_that_does_not_come_gets_503() {
    let door = open(quick(), &[]).await;
    let answer = door.ask("GET /stuck HTTP/1.1\r\nHost: h\r\n\r\n").await;
    assert_eq!(status(&answer), "503");
    assert!(answer.to_lowercase().contains("retry-after: 3"));
}

#[tokio::test]
async fn trace_gets_405_and_a_long_address_414() {
    let door = open(patient(), &[]).await;
    assert_eq!(
        status(&door.ask("TRACE / HTTP/1.1\r\nHost: h\r\n\r\n").await),
        "405"
    );
    let long = format!("GET /?{} HTTP/1.1\r\nHost: h\r\n\r\n", "q".repeat(9_000));
    assert_eq!(status(&door.ask(&long).await), "414");
}

#[tokio::test]
async fn too_many_or_too_large_header_fields_get_431() {
    let door = open(patient(), &[]).await;
    let many = (0..101)
        .map(|n| format!("X-{n}: y\r\n"))
        .collect::<Vec<_>>()
        .concat();
    let many = format!("GET / HTTP/1.1\r\n{many}\r\n");
    assert_eq!(status(&door.ask(&many).await), "431");
    let large = format!("GET / HTTP/1.1\r\nX-Large: {}\r\n\r\n", "y".repeat(40_000));
    assert_eq!(status(&door.ask(&large).await), "431");
}

#[tokio::test]
async fn an_address_that_holds_all_its_seats_is_turned_away() {
    let limits = Limits {
        seats_per_address: 2,
        ..patient()
    };
    let door = open(limits, &[]).await;
    let first = door.knock("").await;
    let _second = door.knock("").await;
    assert_eq!(status(&door.ask("").await), "503");
    drop(first);
    // The seat is free again as soon as the loop has seen the visitor leave.
    let answer = timeout(LATE, async {
        loop {
            let answer = door.ask(HELLO).await;
            if status(&answer) == "200" {
                break answer;
            }
        }
    });
    assert!(answer.await.is_ok());
}

#[tokio::test]
async fn a_reader_that_takes_nothing_is_cut_off() {
    let limits = Limits {
        stall: SOON,
        seats: 1,
        ..patient()
    };
    let door = open(limits, &["127.0.0.1"]).await;
    let _greedy = door.knock("GET /much HTTP/1.1\r\nHost: h\r\n\r\n").await;
    let freed = timeout(LATE, async {
        while status(&door.ask(HELLO).await) != "200" {}
    });
    assert!(freed.await.is_ok());
}

#[tokio::test]
async fn an_idle_visitor_does_not_hold_up_the_closing() {
    let door = open(patient(), &[]).await;
    let mut idle = door.knock("GET / HTTP/1.1\r\nHost: h\r\n\r\n").await;
    let mut answer = [0; 12];
    idle.read_exact(&mut answer).await.unwrap();
    assert_eq!(timeout(LATE / 2, door.close()).await.unwrap(), 0);
}

#[tokio::test]
async fn a_stuck_client_is_cut_off_at_the_deadline() {
    let limits = Limits {
        drain: SOON,
        ..patient()
    };
    let door = open(limits, &[]).await;
    let _stuck = door
        .knock("POST /body HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n")
        .await;
    let _waiting = door.knock("GET /stuck HTTP/1.1\r\nHost: h\r\n\r\n").await;
    // Both are inside once a third visitor, who came later, has been served.
    door.ask(HELLO).await;
    assert_eq!(timeout(LATE / 2, door.close()).await.unwrap(), 2);
}

#[tokio::test]
async fn running_requests_finish_and_new_visitors_find_the_door_closed() {
    let door = open(patient(), &[]).await;
    let mut running = door
        .knock("POST /body HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nab")
        .await;
    door.ask(HELLO).await;
    door.halt.send(Halt::Gently).unwrap();
    while TcpStream::connect(door.at).await.is_ok() {
        tokio::task::yield_now().await;
    }
    running.write_all(b"cd").await.unwrap();
    assert!(rest(running).await.ends_with('4'));
    assert_eq!(door.closed().await, 0);
}

#[tokio::test]
async fn a_second_signal_closes_at_once() {
    let door = open(patient(), &[]).await;
    let _waiting = door.knock("GET /stuck HTTP/1.1\r\nHost: h\r\n\r\n").await;
    door.ask(HELLO).await;
    door.halt.send(Halt::Gently).unwrap();
    door.halt.send(Halt::AtOnce).unwrap();
    assert_eq!(timeout(LATE / 2, door.closed()).await.unwrap(), 1);
}
