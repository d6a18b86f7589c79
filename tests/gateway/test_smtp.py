"""Post against a server that fails in each way real servers do, and against Postfix's smtp-sink."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from foibot.gateway.server_url import (
    LoginRefused,
    MailServer,
    Security,
    ServerLacks,
    ServerNotTrusted,
)
from foibot.gateway.smtp import Answer, Envelope, Post, PostUnreachable
from tests.gateway.faulty_smtp import PASSWORD, USER, Handler, faulty_smtp, server_context
from tests.gateway.scripted_smtp import PIPELINING, ScriptedSMTP, scripted_smtp
from tests.real_servers import free_port, make_certificates, smtp_sink

RAW = (
    b"Subject: Your request\r\nFrom: foi@exampleshire.example\r\n\r\nDear Sam Smith\r\n.\r\nend\r\n"
)


@pytest.fixture(params=["one by one", "all at once"], autouse=True)
def _pipelining(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to say the commands of a mail end in the same answers."""
    if request.param == "all at once":
        monkeypatch.setattr(Handler, "pipelining", True)


def envelope(key=1, recipient="sam.smith@home.example", raw=RAW):
    return Envelope(key, "foi+b-k7f3@exampleshire.example", recipient, raw)


def plain(port, password=PASSWORD, user=USER):
    return MailServer("127.0.0.1", port, Security.PLAIN, user, password)


def sent(server, envelopes, **settings):
    post = Post(server, **settings)
    try:
        return {one.key: one for one in post.send(envelopes)}
    finally:
        post.close()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("ca"))


@pytest.mark.parametrize(
    ("fault", "answer", "code", "words", "arrived"),
    [
        ("ok", Answer.ACCEPTED, 250, "250 2.0.0 queued as 1", 1),
        ("greylist", Answer.RETRY, 451, "451 4.7.1 greylisted", 0),
        ("421", Answer.RETRY, 421, "421 4.3.2 shutting down", 0),
        ("451_after_data", Answer.RETRY, 451, "451 4.3.0 try again", 0),
        ("554", Answer.REFUSED, 554, "554 5.7.1 we do not like it", 0),
        ("530", Answer.RETRY, 530, "530 5.7.0 authentication required", 0),
        ("greylist_and_drop", Answer.RETRY, 451, "451 4.7.1 greylisted", 0),
        ("250_to_data", Answer.RETRY, 250, "before the mail was sent: 250 what?", 0),
        ("399", Answer.UNCERTAIN, 0, "after the mail was sent: not a reply to a mail: 399 odd", 0),
        ("drop_at_data", Answer.RETRY, 0, "before the mail was sent", 0),
        ("drop_after_dot", Answer.UNCERTAIN, 0, "after the mail was sent", 1),
        ("slow_after_dot", Answer.UNCERTAIN, 0, "no answer within 1 seconds", 1),
        ("drop_after_250", Answer.ACCEPTED, 250, "queued as 1", 1),
        ("hang_quit", Answer.ACCEPTED, 250, "queued as 1", 1),
    ],
)
def test_each_way_to_fail_has_its_answer(fault, answer, code, words, arrived):
    """Mail rules F1, F2, F4 to F6."""
    began = time.monotonic()
    with faulty_smtp(fault) as (port, handler):
        delivery = sent(plain(port), [envelope()], timeout_after_dot=1)[1]
        assert (delivery.answer, delivery.code) == (answer, code)
        assert words in delivery.text
        assert len(handler.mails) == arrived
    assert time.monotonic() - began < 8


def test_the_mail_arrives_byte_for_byte_with_its_envelope():
    with faulty_smtp() as (port, handler):
        sent(plain(port), [envelope()])
        assert handler.mails == [
            ("foi+b-k7f3@exampleshire.example", ["sam.smith@home.example"], RAW)
        ]
        assert handler.helo == "[127.0.0.1]"


def test_bare_line_ends_cannot_smuggle_a_second_mail():
    """Mail rule B14."""
    smuggled = b"Subject: x\n\nhi\n.\nMAIL FROM:<evil@evil.example>\r.\r\r\n.no newline at the end"
    with faulty_smtp() as (port, handler):
        sent(plain(port), [envelope(raw=smuggled)])
        [(_, _, content)] = handler.mails
    assert content == (
        b"Subject: x\r\n\r\nhi\r\n.\r\nMAIL FROM:<evil@evil.example>\r\n.\r\n\r\n"
        b".no newline at the end\r\n"
    )


def test_one_bad_recipient_stops_no_other_mail():
    """Mail rule F3."""
    mails = [envelope(n, f"{'nobody' if n == 3 else 'sam'}{n}@home.example") for n in range(8)]
    with faulty_smtp() as (port, handler):
        answers = sent(plain(port), mails)
        assert {key: one.answer for key, one in answers.items()} == {
            n: Answer.REFUSED if n == 3 else Answer.ACCEPTED for n in range(8)
        }
        assert all(len(recipients) == 1 for _, recipients, _ in handler.mails)


@pytest.mark.parametrize("fault", ["421_on_third", "drop_on_third"])
def test_a_server_that_limits_mails_per_connection_gets_a_new_connection(fault):
    with faulty_smtp(fault) as (port, handler):
        answers = sent(plain(port), [envelope(n) for n in range(7)], connections=1)
        assert {one.answer for one in answers.values()} == {Answer.ACCEPTED}
        assert len(handler.mails) == 7
        assert handler.connections == 4


def test_connections_are_kept_between_rounds():
    with faulty_smtp() as (port, handler):
        post = Post(plain(port), connections=2)
        for _ in range(3):
            assert len(list(post.send([envelope(1), envelope(2)]))) == 2
        post.close()
        assert handler.connections == 2


def test_a_server_that_went_away_and_came_back_costs_no_mail():
    port = free_port()
    post = Post(plain(port))
    [gone] = post.send([envelope()])
    assert (gone.answer, gone.code) == (Answer.RETRY, 0)
    assert f"127.0.0.1 does not answer on port {port}, nothing listens there" in gone.text
    with faulty_smtp() as (other, _):
        post.close()
        post = Post(plain(other))
        [back] = post.send([envelope()])
        assert back.answer is Answer.ACCEPTED
    [gone] = post.send([envelope()])
    assert gone.answer is Answer.RETRY
    post.close()


@pytest.mark.parametrize(
    ("recipient", "words"),
    [
        ("sam@home.example ORCPT=rfc822;z", "not an address"),
        ("sam,tom@home.example", "not an address"),
        ("sam smith@home.example", "not an address"),
        ("sam@home.example\r\nRCPT TO:<evil@evil.example>", "not an address"),
        ("Sam Smith <sam@home.example>", "not an address"),
        ("sam@home.example, tom@home.example", "not an address"),
        ("sam@home@example", "not an address"),
        ("sam", "not an address"),
        ("sam@home.example\x00", "not an address"),
    ],
)
def test_an_odd_address_is_refused_and_never_rewritten(recipient, words):
    """Mail rule B15."""
    with faulty_smtp() as (port, handler):
        answers = sent(plain(port), [envelope(1, recipient), envelope(2)])
        assert answers[1].answer is Answer.REFUSED
        assert words in answers[1].text
        assert answers[2].answer is Answer.ACCEPTED
        assert len(handler.mails) == 1


def test_letters_beyond_ascii_need_a_server_that_says_it_takes_them():
    """Mail rule F9."""
    with smtp_sink() as port:
        [delivery] = sent(plain(port, user=""), [envelope(1, "jörg@home.example")]).values()
    assert delivery.answer is Answer.REFUSED
    assert "SMTPUTF8" in delivery.text


def test_a_server_that_takes_them_gets_letters_beyond_ascii():
    raw = "Subject: Straße\r\n\r\nGrüße\r\n".encode()
    with faulty_smtp(utf8=True) as (port, handler):
        answers = sent(plain(port), [envelope(1, "jörg@home.example", raw)])
        assert answers[1].answer is Answer.ACCEPTED
        assert handler.mails[0][1:] == (["jörg@home.example"], raw)


def test_a_server_that_allows_one_connection_still_gets_everything():
    with faulty_smtp("one_connection") as (port, handler):
        answers = sent(plain(port), [envelope(n) for n in range(30)])
        assert {one.answer for one in answers.values()} == {Answer.ACCEPTED}
        assert len(answers) == len(handler.mails) == 30
        assert handler.connections > 1


def test_a_server_that_dies_in_the_middle_of_a_round_leaves_the_rest_to_retry():
    with faulty_smtp("dies_after_5") as (port, handler):
        answers = [
            one.answer
            for one in sent(plain(port), [envelope(n) for n in range(50)], connections=1).values()
        ]
        assert answers == [Answer.ACCEPTED] * 5 + [Answer.RETRY] * 45
        assert len(handler.mails) == 5


def test_a_wrong_password_is_tried_on_one_connection_only():
    with faulty_smtp() as (port, handler):
        answers = sent(plain(port, "wrong"), [envelope(n) for n in range(20)])
        assert {one.answer for one in answers.values()} == {Answer.RETRY}
        assert len(answers) == 20
        assert "refused the login: " in answers[0].text
        assert handler.connections == 1
        post = Post(plain(port, "wrong"))
        with pytest.raises(LoginRefused, match="refused the login"):
            post.check()
        post.close()


def test_check_returns_the_greeting():
    with faulty_smtp() as (port, _):
        post = Post(plain(port))
        assert "SMTP" in post.check()
        assert "SMTP" in post.check()
        post.close()


def test_check_says_that_nobody_answers():
    post = Post(plain(free_port()))
    with pytest.raises(PostUnreachable, match="nothing listens there"):
        post.check()
    post.close()


def test_check_says_that_the_server_hung_up():
    with faulty_smtp("drop_at_noop") as (port, _):
        post = Post(plain(port))
        with pytest.raises(PostUnreachable, match="broke off"):
            post.check()
        post.close()


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_tls_verifies_the_server(certificates, security):
    """Mail rule F16."""
    starttls = security is Security.STARTTLS
    with faulty_smtp(tls=server_context(certificates), starttls=starttls) as (port, handler):
        server = MailServer("127.0.0.1", port, security, USER, PASSWORD, str(certificates.ca))
        assert sent(server, [envelope()])[1].answer is Answer.ACCEPTED
        unknown_ca = MailServer("127.0.0.1", port, security, USER, PASSWORD)
        refused = sent(unknown_ca, [envelope()])[1]
        assert refused.answer is Answer.RETRY
        assert "could not be verified" in refused.text
        post = Post(unknown_ca)
        with pytest.raises(ServerNotTrusted, match="could not be verified"):
            post.check()
        post.close()
        assert len(handler.mails) == 1


def test_without_starttls_nothing_is_said_in_clear(certificates):
    """Mail rule F16."""
    with faulty_smtp() as (port, handler):
        server = MailServer(
            "127.0.0.1", port, Security.STARTTLS, USER, PASSWORD, str(certificates.ca)
        )
        refused = sent(server, [envelope()])[1]
        assert refused.answer is Answer.RETRY
        assert "STARTTLS" in refused.text
        post = Post(server)
        with pytest.raises(ServerLacks, match="STARTTLS"):
            post.check()
        post.close()
        assert handler.mails == []


def test_without_auth_the_user_is_what_is_too_much():
    """The library's words for it speak of STARTTLS, which is not what is missing."""
    with faulty_smtp(auth=False) as (port, handler):
        post = Post(plain(port, user="foi@a.example"))
        with pytest.raises(
            ServerLacks, match=r"no login \(AUTH\).*take foi%40a\.example@ out"
        ) as why:
            post.check()
        assert "no STARTTLS" not in str(why.value)
        post.close()
        assert handler.mails == []
        anybody = plain(port, user="", password="")
        assert sent(anybody, [envelope()])[1].answer is Answer.ACCEPTED


def test_stopping_early_leaves_the_rest_unsent():
    with faulty_smtp() as (port, handler):
        post = Post(plain(port), connections=1)
        deliveries = post.send([envelope(n) for n in range(200)])
        next(deliveries)
        deliveries.close()
        post.close()
        assert 1 <= len(handler.mails) < 200


def test_nothing_to_send_connects_to_nobody():
    assert sent(plain(free_port()), []) == {}


def test_what_is_known_already_is_said_to_follow():
    with smtp_sink() as port:
        post = Post(plain(port, user=""), connections=4)
        answers = []
        for one in post.send([envelope(n) for n in range(40)]):
            time.sleep(0.01)  # the reader is slow, and the server is not
            answers.append(one)
        post.close()
    assert len(answers) == 40
    assert sum(one.more for one in answers) > 20


def test_smtp_sink_takes_everything():
    with smtp_sink() as port:
        answers = sent(plain(port, user=""), [envelope(n) for n in range(100)])
    assert len(answers) == 100
    assert {one.answer for one in answers.values()} == {Answer.ACCEPTED}


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("250 2.1.5 ok", "250 2.0.0 queued"),
        ("550 5.1.1 no such user", "550 5.1.1 no such user"),
        ("550-5.1.1 no\r\n550-5.1.1 such\r\n550 5.1.1 user", "550 5.1.1 no 5.1.1 such 5.1.1 user"),
        ("450", "450"),
        ("250", "250 2.0.0 queued"),
        ("what?", "the server does not speak SMTP"),
        ("25", "the server does not speak SMTP"),
        ("5" * 70_000, "the server does not speak SMTP"),
    ],
)
def test_replies_that_come_together_are_told_apart(reply, text):
    with scripted_smtp({**PIPELINING, "RCPT": reply}) as server:
        delivery = sent(plain(server.port, "", ""), [envelope()])[1]
        assert text in delivery.text
        assert len(server.mails) == text.count("queued")
        assert server.seen.count("DATA") >= 1


def test_a_server_that_waits_for_a_mail_it_has_turned_down_gets_none():
    with scripted_smtp({**PIPELINING, "RCPT": "550 no"}) as server:
        answers = sent(plain(server.port, "", ""), [envelope(1), envelope(2)], connections=1)
        assert {one.answer for one in answers.values()} == {Answer.REFUSED}
        assert server.mails == []
        assert server.seen.count("EHLO") == 2, "each on a connection of its own"


@pytest.mark.parametrize("extensions", [{}, PIPELINING])
@pytest.mark.parametrize(
    "odd",
    [
        {".": ("250 queued\r\n250 again", "550 no", "250 queued")},
        {".": ("250 queued\r\n421 later", "250 queued", "250 queued")},
        {"DATA": ("354 go on", "354 go on\r\n250 queued"), ".": ("250 queued", "550 no")},
    ],
)
def test_a_reply_too_many_is_never_the_answer_to_the_next_mail(extensions, odd):
    with scripted_smtp({**extensions, **odd}) as server:
        envelopes = [envelope(n, f"sam{n}@home.example") for n in range(3)]
        answers = sent(plain(server.port, "", ""), envelopes, connections=1)
        taken = {recipient for recipients, _ in server.mails for recipient in recipients}
        accepted = {n for n, one in answers.items() if one.answer is Answer.ACCEPTED}
        assert {f"sam{n}@home.example" for n in accepted} == taken
        assert len(server.mails) == len(taken) > 0


@pytest.mark.parametrize("extensions", [{}, PIPELINING])
def test_a_server_that_says_goodbye_behind_its_go_on_is_given_no_content(extensions):
    with scripted_smtp({**extensions, "DATA": ("354 go on\r\n421 bye", None)}) as server:
        delivery = sent(plain(server.port, "", ""), [envelope()])[1]
        assert (delivery.answer, delivery.reached, server.mails) == (Answer.RETRY, True, [])


def test_a_server_that_knows_no_extensions_is_spoken_to_without():
    with scripted_smtp({"EHLO": "502 what?", "HELO": "250 mx.example"}) as server:
        assert sent(plain(server.port, "", ""), [envelope()])[1].answer is Answer.ACCEPTED
        assert server.seen[:3] == ["EHLO", "HELO", "MAIL"]


class Holding(ScriptedSMTP):
    """Says nothing to MAIL and RCPT before it has DATA: whoever waits for each reply waits for ever."""

    held = b""

    def _say(self, client, verb, answer):
        if verb in {"MAIL", "RCPT"}:
            self.held += f"{answer}\r\n".encode()
            return answer
        if verb == "DATA":
            client.sendall(self.held)
            self.held = b""
        return super()._say(client, verb, answer)


def test_commands_arrive_at_once_where_a_server_takes_them_so():
    server = Holding(PIPELINING)
    mails = [envelope(n) for n in range(3)]
    answers = sent(plain(server.port, "", ""), mails, timeout=5, connections=1)
    server.close()
    assert {one.answer for one in answers.values()} == {Answer.ACCEPTED}
    assert len(server.mails) == 3


class HoldingAnswers(ScriptedSMTP):
    """Says what became of a mail only when the next one is announced: whoever waits for it waits for ever."""

    expected = 3
    held = ""

    def _say(self, client, verb, answer):
        if verb == "." and len(self.mails) < self.expected:
            self.held = f"{answer}\r\n"
            return answer
        if verb == "DATA" and self.held:
            answer, self.held = self.held + answer, ""
            return super()._say(client, verb, answer).rpartition("\n")[2]
        return super()._say(client, verb, answer)


def test_the_next_mail_is_announced_behind_the_content_of_the_one_before():
    """Or each mail takes another way there and back."""
    server = HoldingAnswers(PIPELINING)
    mails = [envelope(n, f"sam{n}@home.example") for n in range(3)]
    answers = sent(plain(server.port, "", ""), mails, timeout=5, connections=1, timeout_after_dot=5)
    server.close()
    assert {one.answer for one in answers.values()} == {Answer.ACCEPTED}
    assert [recipients for recipients, _ in server.mails] == [[one.recipient] for one in mails]
    assert "MAIL" not in server.seen[-2:]


class Forgetful(ScriptedSMTP):
    """Throws away what came behind the end of a mail, as no server may that takes commands at once."""

    def _takes(self, client, lines, recipients):
        self.lines = lines
        return super()._takes(client, lines, recipients)

    def _say(self, client, verb, answer):
        if verb == ".":
            time.sleep(0.2)
            client.setblocking(False)
            while self.lines.peek():
                self.lines.read1()
            client.setblocking(True)
        return super()._say(client, verb, answer)


def test_a_server_that_forgets_what_was_announced_gets_each_mail_once_and_one_by_one():
    server = Forgetful(PIPELINING)
    mails = [envelope(n, f"sam{n}@home.example") for n in range(5)]
    answers = sent(plain(server.port, "", ""), mails, timeout=1, connections=1)
    server.close()
    assert {one.answer for one in answers.values()} == {Answer.ACCEPTED}
    assert [recipients for recipients, _ in server.mails] == [[one.recipient] for one in mails]
    assert server.seen.count("EHLO") == 2, "it is found out once"


def test_two_mails_and_two_connections_leave_at_once():
    with scripted_smtp({**PIPELINING, ".": (0.5, 0.5)}) as server:
        mails = [envelope(n, f"sam{n}@home.example") for n in range(4)]
        post = Post(plain(server.port, "", ""), connections=2)
        for pair in (mails[:2], mails[2:]):
            assert {one.answer for one in post.send(pair)} == {Answer.ACCEPTED}
        post.close()
        assert server.seen.count("EHLO") == 2
        assert server.seen[-2:].count("QUIT") == 2


def until(true):
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_connections_for_mails_that_will_follow_are_made_meanwhile_and_used():
    with scripted_smtp() as server:
        post = Post(plain(server.port, "", ""), connections=3)
        post.expect(50)
        until(lambda: server.seen.count("EHLO") == 3)
        mails = [envelope(n) for n in range(7)]
        answers = post.send(mails)
        assert {one.answer for one in [next(answers)]} == {Answer.ACCEPTED}
        post.expect(50)
        assert {one.answer for one in answers} == {Answer.ACCEPTED}
        post.expect(2)
        assert len(list(post.send(mails))) == 7
        assert server.seen.count("EHLO") == 3
        post.close()


@pytest.mark.parametrize(
    ("answers", "words"), [({"AUTH": "535 no"}, "refused"), ({"": "554 no"}, "554")]
)
def test_what_went_wrong_meanwhile_is_told_with_the_mails_and_tried_once(answers, words):
    with scripted_smtp(answers) as server:
        post = Post(plain(server.port), connections=3)
        post.expect(50)
        post.expect(50)
        until(lambda: server.seen[-1:] == ["QUIT"] or server._sockets)
        answers = list(post.send([envelope(1), envelope(2)]))
        assert {(one.answer, one.reached) for one in answers} == {(Answer.RETRY, False)}
        assert all(words in one.text for one in answers)
        assert len(server._sockets) == 1
        server.heal()
        assert {one.answer for one in post.send([envelope(1)])} == {Answer.ACCEPTED}
        post.close()


def test_a_halted_post_expects_nothing():
    with scripted_smtp() as server:
        post = Post(plain(server.port, "", ""))
        post.halt()
        post.expect(50)
        assert [one.reached for one in post.send([envelope(1)])] == [False]
        post.close()
        assert server.seen == []


def test_a_server_that_was_away_a_while_ago_is_tried_again(monkeypatch):
    monkeypatch.setattr("foibot.gateway.smtp._STILL_AWAY", 0.0)
    with scripted_smtp({"": "421 not yet"}) as server:
        post = Post(plain(server.port, "", ""), connections=3)
        post.expect(50)
        until(lambda: post._connecting.done())
        server.heal()
        assert [one.answer for one in post.send([envelope(1)])] == [Answer.ACCEPTED]
        post.close()


def test_connections_are_made_once_however_often_mails_are_expected():
    with scripted_smtp({"": (0.5, 0.5)}) as server:
        post = Post(plain(server.port, "", ""), connections=2)
        post.expect(50)
        with ThreadPoolExecutor(1) as pool:
            answers = pool.submit(lambda: list(post.send([envelope(n) for n in range(5)])))
            until(lambda: post._connecting is None)
            post.expect(50)
            assert {one.answer for one in answers.result(20)} == {Answer.ACCEPTED}
        post.close()
        assert len(server._sockets) == 2


def test_a_server_is_not_kept_waiting_for_a_mail_that_nobody_goes_on_with():
    with scripted_smtp({**PIPELINING, ".": ("250 queued", 0.5)}) as server:
        mails = [envelope(n, f"sam{n}@home.example") for n in range(3)]
        post = Post(plain(server.port, "", ""), connections=1)
        answers = post.send(mails)
        assert next(answers).answer is Answer.ACCEPTED
        until(lambda: len(server.mails) == 2)
        answers.close()
        until(lambda: not server._threads[1].is_alive())
        assert [one.answer for one in post.send(mails[2:])] == [Answer.ACCEPTED]
        post.close()
        assert [recipients for recipients, _ in server.mails] == [[one.recipient] for one in mails]


def test_one_that_is_closed_while_it_connects_starts_afresh():
    with scripted_smtp({"": (20.0,)}) as server:
        post = Post(plain(server.port, "", ""), connections=2)
        post.expect(50)
        until(lambda: server._sockets)
        post.close()
        assert [one.answer for one in post.send([envelope(1)])] == [Answer.ACCEPTED]
        post.close()
