//! Crowd: many at once, as they are in the morning.

use tokio::task::JoinSet;

/// Runs all of them together and answers in their order.
pub async fn all_at_once<F>(acts: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let mut running = JoinSet::new();
    for (place, act) in acts.into_iter().enumerate() {
        running.spawn(async move { (place, act.await) });
    }
    let mut done = running.join_all().await;
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, answer)| answer).collect()
}
