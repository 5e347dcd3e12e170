//! Release 放行: what the customs must have let go before the goods may leave, and what must have ended before they stay.

use super::goods_sql;
use super::record::{Refusal, Shipment};
use crate::base::T;
use crate::orders::JointAct;
use crate::people::relation::InReach;
use crate::shipping::asked::Typed;
use crate::shipping::customs::{self, Declaration};
use crate::web::{Faults, Result};
use sqlx::PgConnection;

fn names<'a>(of: impl Iterator<Item = &'a Declaration>) -> Vec<String> {
    of.map(Declaration::name).collect()
}

/// Whether a declaration of ours is in force.
pub(super) async fn has_declaration(db: &mut PgConnection, shipment: &Shipment) -> Result<bool> {
    let all = customs::sql::declarations(db, shipment.id).await?;
    Ok(all.iter().any(|one| !one.is_over()))
}

/// Every declaration in force is released and names the vessel that takes the goods; where there is none somebody says
/// why: samples by courier under the carrier's own, goods the buyer declares himself.
pub(super) async fn may_leave(
    act: &mut JointAct,
    shipment: &Shipment,
    typed: &Typed,
) -> Result<()> {
    let mut all = customs::sql::declarations(act.tx(), shipment.id).await?;
    all.retain(|one| !one.is_over());
    let reason = typed.text("undeclared");
    if all.is_empty() && reason.is_empty() {
        return Err(Faults::one("undeclared", T::shipping_undeclared_missing).into());
    }
    if !all.is_empty() && !reason.is_empty() {
        return Err(Faults::one("undeclared", T::shipping_undeclared_declared).into());
    }
    let open = names(all.iter().filter(|one| !one.is_released()));
    if !open.is_empty() {
        return Err(Refusal::NotReleased { declarations: open }.into());
    }
    let left = shipment.left_behind_at;
    let stale = names(all.iter().filter(|one| one.is_of_vessel_left(left)));
    if stale.is_empty() {
        Ok(())
    } else {
        Err(Refusal::OfVesselLeft {
            declarations: stale,
        }
        .into())
    }
}

/// A shipment that ends leaves nothing with the customs.
pub(super) async fn nothing_declared(act: &mut JointAct, shipment: &Shipment) -> Result<()> {
    let all = customs::sql::declarations(act.tx(), shipment.id).await?;
    let held = names(all.iter().filter(|one| one.is_lodged()));
    if held.is_empty() {
        Ok(())
    } else {
        Err(Refusal::StillDeclared { declarations: held }.into())
    }
}

/// Elements 申报要素 hang on the commodity code: without it nobody can have checked them.
pub(super) async fn every_code_is_known(act: &mut JointAct, shipment: &Shipment) -> Result<()> {
    let reach = InReach::of(&act.by);
    let goods = goods_sql::goods(act.tx(), &reach, shipment.id).await?;
    let bare = goods.iter().filter(|good| good.hs_code.trim().is_empty());
    let items: Vec<String> = bare.map(|good| good.item_no.clone()).collect();
    if items.is_empty() {
        Ok(())
    } else {
        Err(Refusal::NoHsCode { items }.into())
    }
}
