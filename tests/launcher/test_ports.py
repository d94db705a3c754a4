"""A port that cannot be had is named before anything is started."""

import socket
import threading

import pytest

from clinic.launcher import demo
from clinic.launcher.trouble import Trouble


@pytest.fixture
def listener():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server


def test_a_port_in_use_is_named_with_the_way_out(listener):
    port = listener.getsockname()[1]
    with pytest.raises(
        Trouble, match=rf"Port {port} is in use: choose another, such as `make demo PORT=\d+`"
    ):
        demo.check_port(port)


def test_a_free_port_is_taken(listener):
    port = listener.getsockname()[1]
    listener.close()
    demo.check_port(port)


def test_a_port_that_is_being_let_go_is_waited_for(listener):
    port = listener.getsockname()[1]
    timer = threading.Timer(0.3, listener.close)
    timer.start()
    demo.check_port(port, patience=10)
    timer.join()
