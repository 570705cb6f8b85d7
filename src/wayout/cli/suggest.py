"""Let a language model suggest claims to a reading, paragraph by paragraph, and check every one of them."""

from itertools import islice

from wayout.cli.language_model import LanguageModel, PassingError
from wayout.cli.users_gazetteer import users_gazetteer
from wayout.extract.suggesting.prompt import Prompt, make_prompts
from wayout.extract.suggestions import Suggester, add_suggestions, check_answer
from wayout.locate.claims import locate_claims
from wayout.model import Claim, Miss, Reading

MAX_FAILURES = 3
"""Paragraphs in a row without an answer after which the model is not asked any more in this run."""


class Suggestions:
    """
    A model's suggestions to one reading after the other.

    Parameters
    ----------
    model
        Who is asked.
    """

    def __init__(self, model: LanguageModel) -> None:
        self.model = model
        self.suggester = Suggester(model=model.settings.model, endpoint=model.host)
        self._failures = 0

    def add_to(self, reading: Reading) -> Reading:
        """
        Add what the model suggests and the document bears out.

        Parameters
        ----------
        reading
            What the rules found; its claims stay as they are.

        Returns
        -------
        reading
            Accepted claims, located, behind the rules'; what failed or was dropped is among the misses.

        Raises
        ------
        BackendError
            If the server refuses to answer at all (the key, the model, the address).
        """
        claims: list[Claim] = []
        misses: list[Miss] = []
        prompts = make_prompts(reading.document)
        for prompt in islice(prompts, self.model.settings.max_paragraphs):
            if self._failures >= MAX_FAILURES:
                misses.append(
                    Miss(what=f"paragraphs from {_where(reading, prompt)} on", why="the language model failed before")
                )
                break
            try:
                answer = self.model.ask(prompt)
            except PassingError as error:
                self._failures += 1
                misses.append(Miss(what=f"the language model's answer on {_where(reading, prompt)}", why=str(error)))
                continue
            self._failures = 0
            found, dropped = check_answer(answer, prompt, reading, self.suggester)
            claims += found
            misses += dropped
        else:
            rest = sum(1 for _ in prompts)
            if rest:
                misses.append(Miss(what=f"{rest} paragraphs", why="the document is too long to ask a model about them"))
        located, unlocated = locate_claims(claims, [reading.document], users_gazetteer(), mentions=reading.mentions)
        return add_suggestions(reading, located, (*misses, *unlocated))


def _where(reading: Reading, prompt: Prompt) -> str:
    beginning = " ".join(reading.document.text[prompt.start : prompt.start + 40].split())
    return f"'{beginning}…'"
