//! Shipping 船务: shipments, their loading, customs declarations and transport documents (steps 7 and 8).
//!
//! Read `shipment/stage.rs` first, then `shipment/acts.rs`. A shipment is a root of its own: an act on it holds its
//! orders first (`orders::JointAct`), then the shipment. Measures stand beside: `vgm`, `volume`.

pub mod acts;
mod advice;
pub mod asked;
pub mod customs;
pub mod loading;
mod money;
mod owed;
mod resale;
pub mod shipment;
pub mod stakes;
pub mod transport;
mod typed;
pub mod vgm;
pub mod volume;

pub use shipment::{call_off, differences as verify};

use crate::web::{Door, Routes};
use loading::{containers_page, import, packing};
use shipment::{Move as S, acting, list, plan, show};
use transport::Move as T;

pub fn routes() -> Routes {
    let routes = Routes::new()
        .get("/shipments", Door::Staff, list::list)
        .get("/shipments.xlsx", Door::Staff, list::workbook)
        .get("/orders/{number}/shipments", Door::Staff, list::of_order)
        .post("/orders/{number}/shipments", Door::Staff, plan::create)
        .get("/orders/{number}/shipments/new", Door::Staff, plan::blank)
        .get("/shipments/{shipment}", Door::Staff, show::show)
        .get("/shipments/{shipment}/edit", Door::Staff, plan::edit)
        .post("/shipments/{shipment}/edit", Door::Staff, plan::save)
        .get("/shipments/{shipment}/resale", Door::Staff, resale::ask)
        .upload("/shipments/{shipment}/resale", Door::Staff, resale::create);
    let routes = acting::routes(routes, "/shipments/{shipment}/booking-request", S::Ask);
    let routes = acting::routes(routes, "/shipments/{shipment}/booking", S::Confirm);
    let routes = acting::routes(routes, "/shipments/{shipment}/cancellation", S::Cancel);
    let routes = acting::routes(routes, "/shipments/{shipment}/warning", S::Warn);
    let routes = acting::routes(routes, "/shipments/{shipment}/roll", S::Roll);
    let routes = acting::routes(routes, "/shipments/{shipment}/rebooking", S::Rebook);
    let routes = acting::routes(routes, "/shipments/{shipment}/gate-in", S::GateIn);
    let routes = acting::routes(
        routes,
        "/shipments/{shipment}/early-gate-in",
        S::GateInEarly,
    );
    let routes = acting::routes(routes, "/shipments/{shipment}/shut-out", S::ShutOut);
    let routes = acting::routes(routes, "/shipments/{shipment}/departure", S::Depart);
    let routes = acting::routes(routes, "/shipments/{shipment}/arrival", S::Arrive);
    let routes = acting::routes(routes, "/shipments/{shipment}/dates", S::CorrectDate);
    documents(declarations(cargo(routes)))
}

/// Packing, the customs set and its sending, the loading.
#[expect(clippy::too_many_lines, reason = "one line an address")]
fn cargo(routes: Routes) -> Routes {
    let routes = acting::routes(
        routes,
        "/shipments/{shipment}/customs-documents",
        S::SendDocuments,
    );
    let routes = acting::routes(
        routes,
        "/shipments/{shipment}/customs-release",
        S::ReleaseCustoms,
    );
    routes
        .get(
            "/shipments/{shipment}/packing-list",
            Door::Staff,
            packing::show,
        )
        .post(
            "/shipments/{shipment}/packing-list",
            Door::Staff,
            packing::save,
        )
        .upload(
            "/shipments/{shipment}/packing-list/import",
            Door::Staff,
            import::fill,
        )
        .get(
            "/shipments/{shipment}/customs-set",
            Door::Staff,
            acting::ask_set,
        )
        .post(
            "/shipments/{shipment}/customs-set",
            Door::Staff,
            acting::check_set,
        )
        .get(
            "/shipments/{shipment}/loading",
            Door::Staff,
            containers_page::show,
        )
        .upload(
            "/shipments/{shipment}/loading",
            Door::Staff,
            containers_page::create,
        )
        .get(
            "/shipments/{shipment}/loading/{container}",
            Door::Staff,
            containers_page::ask,
        )
        .upload(
            "/shipments/{shipment}/loading/{container}",
            Door::Staff,
            containers_page::correct,
        )
        .post(
            "/shipments/{shipment}/loading/{container}/removal",
            Door::Staff,
            containers_page::remove,
        )
}

#[expect(clippy::too_many_lines, reason = "one line an address")]
fn declarations(routes: Routes) -> Routes {
    use customs::Move as D;
    use customs::pages::{blank, create, list, routes as act};
    let routes = routes
        .get("/shipments/{shipment}/declarations", Door::Staff, list)
        .get("/shipments/{shipment}/declarations/new", Door::Staff, blank)
        .upload(
            "/shipments/{shipment}/declarations/new",
            Door::Staff,
            create,
        );
    let routes = act(
        routes,
        "/shipments/{shipment}/declarations/{sequence}/edit",
        D::Edit,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/declarations/{sequence}/sending",
        D::SendToBroker,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/declarations/{sequence}/void",
        D::Void,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/declarations/{sequence}/number",
        D::Declare,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/declarations/{sequence}/inspection",
        D::Inspect,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/declarations/{sequence}/release",
        D::Release,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/declarations/{sequence}/clearance",
        D::Clear,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/declarations/{sequence}/amendment",
        D::Amend,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/declarations/{sequence}/revocation",
        D::Revoke,
    );
    act(
        routes,
        "/shipments/{shipment}/declarations/{sequence}/shut-out",
        D::ShutOut,
    )
}

#[expect(clippy::too_many_lines, reason = "one line an address")]
fn documents(routes: Routes) -> Routes {
    use transport::pages::{check, routes as act};
    use transport::show::show;
    let routes = routes
        .get(
            "/shipments/{shipment}/transport-document",
            Door::Staff,
            show,
        )
        .post(
            "/shipments/{shipment}/transport-document/check",
            Door::Staff,
            check,
        );
    let routes = act(
        routes,
        "/shipments/{shipment}/transport-document/instructions",
        T::SendInstructions,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/transport-document/draft",
        T::ReceiveDraft,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/transport-document/waiver",
        T::WaiveDifference,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/transport-document/sending",
        T::SendToCustomer,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/transport-document/confirmation",
        T::Confirm,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/transport-document/correction",
        T::AskCorrection,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/transport-document/issue",
        T::Issue,
    );
    let routes = act(
        routes,
        "/shipments/{shipment}/transport-document/release",
        T::Release,
    );
    act(
        routes,
        "/shipments/{shipment}/transport-document/early-release",
        T::ReleaseEarly,
    )
}
