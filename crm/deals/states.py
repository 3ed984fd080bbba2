"""The way of a deal through its stages."""

from django.db import models

from agency.workflow import Workflow


class DealStage(models.TextChoices):
    LEAD = "lead"
    QUALIFIED = "qualified"
    PROPOSAL = "proposal"
    NEGOTIATION = "negotiation"
    WON = "won"
    LOST = "lost"


OPEN_STAGES = (
    DealStage.LEAD,
    DealStage.QUALIFIED,
    DealStage.PROPOSAL,
    DealStage.NEGOTIATION,
)

# What a deal is likely to bring, in per cent, where nobody says otherwise.
LIKELY = {
    DealStage.LEAD: 10,
    DealStage.QUALIFIED: 25,
    DealStage.PROPOSAL: 50,
    DealStage.NEGOTIATION: 75,
    DealStage.WON: 100,
    DealStage.LOST: 0,
}

# A deal moves freely while it is open; a closed one can only be opened again.
DEAL_WORKFLOW = Workflow(
    {stage: [other for other in DealStage if other != stage] for stage in OPEN_STAGES}
    | {closed: list(OPEN_STAGES) for closed in (DealStage.WON, DealStage.LOST)}
)
