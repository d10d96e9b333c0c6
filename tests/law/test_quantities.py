"""Numbers with their units in a text, and that a long run of figures costs its length, not its square."""

import time

import pytest

from assistant.numerals import quantities


def test_one_number_in_its_several_spellings() -> None:
    found = quantities("罚款5万元、五万元、50,000元，1.5倍，三十日内，二〇二六年，哪一天")
    assert found == {(50000.0, "元"), (1.5, "倍"), (30.0, "日"), (2026.0, "年")}


@pytest.mark.parametrize("figure", ["0", "一", "0.", "十万"])
def test_a_run_twenty_times_as_long_takes_no_four_hundred_times_as_long(figure: str) -> None:
    def seconds(times: int) -> float:
        text = figure * times
        best = 9.0
        for _ in range(3):
            begun = time.process_time()
            quantities(text)
            best = min(best, time.process_time() - begun)
        return best

    assert seconds(40_000) < 100 * max(seconds(2_000), 1e-4)
