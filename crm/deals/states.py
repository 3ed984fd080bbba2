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

# A deal moves freely while it is open; a closed one can only be opened again.
DEAL_WORKFLOW = Workflow(
    {stage: [other for other in DealStage if other != stage] for stage in OPEN_STAGES}
    | {closed: list(OPEN_STAGES) for closed in (DealStage.WON, DealStage.LOST)}
)
