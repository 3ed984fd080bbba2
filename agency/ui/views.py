"""The base pages, gathered for the apps that build on them."""

from agency.ui.bulk import BulkAction
from agency.ui.columns import Column
from agency.ui.formviews import OperationFormView, RecordFormView, RecordStepView
from agency.ui.lists import FilteredListView, Tab
from agency.ui.pages import ToolPage, done, path_of, visible
from agency.ui.records import (
    Action,
    Explanation,
    Figure,
    OneRecord,
    PanelView,
    RecordView,
    Step,
    shortened,
)

__all__ = [
    "Action",
    "BulkAction",
    "Column",
    "Explanation",
    "Figure",
    "FilteredListView",
    "OneRecord",
    "OperationFormView",
    "PanelView",
    "RecordFormView",
    "RecordStepView",
    "RecordView",
    "Step",
    "Tab",
    "ToolPage",
    "done",
    "path_of",
    "shortened",
    "visible",
]
