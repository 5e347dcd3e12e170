//! Story: one order of the demo after the customer's yes, its people and its clock. Days are counted back from the day of
//! loading, hours are of the company's clock.

use super::cast::Cast;
use super::telling::{self, Plot, Team, Until, clock, tell};
use crate::base::{By, Channel, OrderNumber, Party};
use crate::orders::{OrderAct, owing};
use crate::relay::{self, Move};
use crate::shipping;
use crate::web::{App, Error, Result};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Days ago and the hour of that day.
pub(super) type When = (i64, u32);

pub(super) struct Story<'a> {
    pub(super) app: &'a App,
    pub(super) cast: &'a Cast,
    pub(super) team: Team,
    pub(super) number: OrderNumber,
    now: DateTime<Utc>,
}

impl<'a> Story<'a> {
    /// The file from its opening to the confirmed proforma invoice.
    pub(super) async fn begin(
        app: &'a App,
        now: DateTime<Utc>,
        cast: &'a Cast,
        plot: &Plot,
    ) -> Result<Self> {
        Ok(Self {
            number: tell((app, now), cast, plot, Until::Confirmed).await?,
            team: plot.team,
            app,
            cast,
            now,
        })
    }

    /// The file as it is opened, and no act after that.
    pub(super) async fn opened(
        app: &'a App,
        now: DateTime<Utc>,
        cast: &'a Cast,
        plot: &Plot,
    ) -> Result<Self> {
        let opened = clock((app, now), (plot.opened, 9));
        Ok(Self {
            number: telling::open((app, now), opened, cast, plot).await?,
            team: plot.team,
            app,
            cast,
            now,
        })
    }

    /// The same hour of the day that lies so many working days back.
    pub(super) fn worked(&self, (days, hour): When) -> When {
        (telling::back((self.app, self.now), days), hour)
    }

    pub(super) fn at(&self, when: When) -> DateTime<Utc> {
        clock((self.app, self.now), when)
    }

    /// The day that lies so many days after the day of loading.
    pub(super) fn day(&self, ahead: i64) -> NaiveDate {
        let local = self.now.with_timezone(&self.app.config.zone);
        (local + TimeDelta::days(ahead)).date_naive()
    }

    /// A moment as a form has it.
    pub(super) fn moment(&self, ahead: i64, hour: u32) -> String {
        format!("{}T{hour:02}:00", self.day(ahead))
    }

    pub(super) async fn by(&self, login: &str, when: When) -> Result<By> {
        telling::who(self.app, login, self.at(when)).await
    }

    pub(super) async fn act(
        &self,
        login: &str,
        when: When,
        deed: impl AsyncFnOnce(&mut OrderAct) -> Result<()>,
    ) -> Result<()> {
        telling::act(self.app, (login, self.at(when)), &self.number, deed).await
    }

    /// What our operator does.
    pub(super) async fn operate(
        &self,
        when: When,
        deed: impl AsyncFnOnce(&mut OrderAct) -> Result<()>,
    ) -> Result<()> {
        self.act(self.team.operator, when, deed).await
    }

    /// Everything that lies heard is told to whom it is owed.
    pub(super) async fn pass_on(&self, when: When) -> Result<()> {
        self.operate(when, async |act| {
            let order = act.order.id();
            for one in relay::sql::list_for(act.tx(), order).await? {
                for side in one.addressees() {
                    if one.check(side, Move::PassOn).is_ok() {
                        owing::pass_on(act, &one, side, channel_to(side.side)).await?;
                    }
                }
            }
            Ok(())
        })
        .await
    }

    /// What one side was told it has read, all of it.
    pub(super) async fn heard(&self, when: When, from: (Party, &str)) -> Result<()> {
        self.operate(when, async |act| {
            let order = act.order.id();
            for one in relay::sql::list_for(act.tx(), order).await? {
                if one.check(from.0, Move::AcknowledgeLine).is_ok()
                    && one.open_lines(from.0, None).is_ok()
                {
                    let said = relay::Said {
                        who: from.1.to_owned(),
                        channel: Channel::Wechat.code().to_owned(),
                        words: "收到".to_owned(),
                        ..relay::Said::default()
                    };
                    owing::acknowledge(act, &one, (from.0.into(), None), &said).await?;
                }
            }
            Ok(())
        })
        .await
    }

    /// One move of a shipment, by the operator.
    pub(super) async fn ship(
        &self,
        when: When,
        step: (&str, shipping::shipment::Move),
        typed: shipping::acts::Typed<'_>,
    ) -> Result<()> {
        let by = self.by(self.team.operator, when).await?;
        shipping::acts::step(self.app, by, step, typed).await
    }

    /// One move of a declaration, by the operator.
    pub(super) async fn declare(
        &self,
        when: When,
        step: (&str, Option<i32>, shipping::customs::Move),
        typed: shipping::acts::Typed<'_>,
    ) -> Result<()> {
        let by = self.by(self.team.operator, when).await?;
        shipping::acts::declare(self.app, by, step, typed).await
    }

    /// One move of the transport document, by the operator.
    pub(super) async fn document(
        &self,
        when: When,
        step: (&str, shipping::transport::Move),
        typed: shipping::acts::Typed<'_>,
    ) -> Result<()> {
        let by = self.by(self.team.operator, when).await?;
        shipping::acts::document(self.app, by, step, typed).await
    }
}

/// Factories read `WeChat`, everybody else mail.
fn channel_to(side: Party) -> Channel {
    if side == Party::Factory {
        Channel::Wechat
    } else {
        Channel::Email
    }
}

/// The demo names what it has not brought with it.
pub(super) fn missing() -> Error {
    Error::Broken(anyhow::anyhow!(
        "the demo names somebody or something that is not in its cast"
    ))
}
