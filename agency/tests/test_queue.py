"""The embedded queue hands each message to one reader, and only when it is complete."""

import threading
from queue import Empty

import pytest
from kombu import Connection

from agency import queue

MESSAGES = 200


@pytest.fixture
def connect(tmp_path):
    """Open a connection to a queue of the test's own; all are closed at the end."""
    queue.install()
    options = dict.fromkeys(("data_folder_in", "data_folder_out"), str(tmp_path))
    opened = []

    def make():
        link = Connection(
            "filesystem://localhost",
            transport_options=options | {"control_folder": str(tmp_path / "control")},
        )
        opened.append(link)
        return link.SimpleQueue(tmp_path.name)

    yield make
    for link in opened:
        link.release()


def test_messages_come_out_in_the_order_they_went_in(connect):
    writer, reader = connect(), connect()
    for number in range(5):
        writer.put({"number": number})
    assert [reader.get(timeout=1).payload["number"] for _ in range(5)] == [0, 1, 2, 3, 4]


def test_a_half_written_message_is_not_seen(connect, tmp_path):
    reader = connect()
    (tmp_path / f"1_abc.{tmp_path.name}.msg.partial").write_text('{"body": ')
    with pytest.raises(Empty):
        reader.get(block=False)


def test_two_readers_take_each_message_once(connect):
    writer, taken = connect(), [[], []]
    for number in range(MESSAGES):
        writer.put(number)

    def read(reader, mine):
        try:
            while True:
                message = reader.get(timeout=0.2)
                mine.append(message.payload)
                message.ack()
        except Empty:
            return

    threads = [threading.Thread(target=read, args=(connect(), mine)) for mine in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken[0] + taken[1]) == list(range(MESSAGES))


def test_nothing_is_left_behind_by_messages_that_were_read(connect, tmp_path):
    writer, reader = connect(), connect()
    writer.put("letter")
    reader.get(timeout=1).ack()
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == []
