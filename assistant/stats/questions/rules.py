"""The sentences that are understood, each with what it means; the more particular before the more general."""

from collections.abc import Callable

from assistant.schema import MetricQuery
from assistant.stats.questions.adding import left_over, remainder, sum_gap, totalled, whole_gap
from assistant.stats.questions.averaging import averaged, named_average, over_time, owned_average
from assistant.stats.questions.comparing import compared, moved, since, spans, told_steps, yearly
from assistant.stats.questions.grammar import Match, Rule, rule
from assistant.stats.questions.multiplying import divided, multiples
from assistant.stats.questions.settling import Said
from assistant.stats.questions.sharing import share_moved, shared
from assistant.stats.questions.siding import composed, ranked, trends
from assistant.stats.questions.valuing import (
    again,
    both_dates,
    claimed,
    counted_by,
    explained,
    formula_parts,
    short_of,
    sums,
    turned,
    unrounded,
    values,
    within,
)

_SENTENCES: dict[Callable[[Said, Match], MetricQuery], str] = {
    told_steps: """
        s:arg up|down to? number|arg each? move? ask?
        s:arg from number|arg ( up | down )+ ( to | beyond )? number|arg each? move? ask?
        s:arg from number|arg ( to | beyond ) number|arg each? move ask?
    """,
    formula_parts: """
        a:arg ( parts | numerator | denominator ) listing
        a:arg ( parts | numerator | denominator )+ each? ask?
        a:arg ( numerator | denominator ) and ( numerator | denominator ) each? ask?
    """,
    explained: """
        a:list by? ask? defined counted? ask?
        a:list by ask defined counted
        a:list defined ask?
        a:list source ask?
        a:arg denominator number and number
        a:arg denominator a2:arg and arg
        a:list by? each? ask? defined
        defined a:arg
    """,
    unrounded: """
        a:arg exactly ask?
        exactly a:arg ask?
    """,
    counted_by: """
        by b:arg|number a2:per ask?
        a:arg by b:arg|number counted ask?
        by b:arg|number counted a:arg ask?
        a:arg by b:arg|number counted? ask
        by b:arg|number counted? a:arg ask?
    """,
    short_of: """
        a:arg goal n:number to_go|outside|difference|less ask?
        a:arg goal n:number ask
        goal n:number a:arg to_go|outside|difference ask?
        goal n:number to_go|outside|difference ask?
        a:arg and n:number than? difference|less ask?
        a:arg outside|to_go ask to|beyond n:number
        a:arg to_go|difference|outside ask beyond|to n:number
    """,
    claimed: """
        a:arg yesno? beyond|short|more|less n:number yesno?
        a:arg yesno? n:number yesno
        a:arg yesno n:number
        yesno a:arg beyond|short n:number
        a:arg n:number yesno
        a:arg class? sum? yesno n:number
    """,
    shared: """
        o:arg p:arg share w:arg ratio? ask? ratio?
        p:several share class ratio? ask? ratio?
        a:arg class? each share ratio? ask?
        a:arg each ratio ask?
        o:arg within p:arg each? share w:arg ratio? ask? ratio?
        p:arg within ratio|share ratio? ask? ratio?
        w:arg within p:several sum share ratio? ask? ratio?
        p:arg and|than w:arg proportion ask?
        p:arg w:arg proportion ask?
        p:list share w:arg versus ask?
        share ask? p:arg w:arg within
        p:list share w:arg ratio? ask? ratio?
        p:list each? share w:arg each? ratio? ask? ratio?
        w:arg ( within | among ) p:list each? share ratio? ask? ratio?
        w:arg within p:list each? ratio ask?
        w:arg within ask? p:arg share ratio? ask? ratio?
        among? p:list each? share ratio? ask? ratio?
        among? p:list each? ratio each? ask?
        p:arg w:arg within share|ratio ratio? ask? ratio?
        p:arg class within share|ratio ratio? ask? ratio?
        p:several sum share w:arg ratio? ask? ratio?
        p:several sum share ratio? ask? ratio?
        sum? p:several share w:arg ratio? ask? ratio?
        p:arg share class ratio? ask? ratio?
        p:arg share class w:arg ratio? ask? ratio?
        share w:arg ratio? ask? ratio?
        each? share ratio? ask? ratio?
        ratio ask?
        p:arg than w:arg ratio ask?
        w:arg within class? p:arg each? share ask?
        w:arg p:arg share ask?
        p:arg plus p2:arg share w:arg ratio? ask? ratio?
    """,
    share_moved: """
        p:arg share w:arg ratio? t:arg ( and | than | to ) u:arg than? ( move | difference )+ ask?
        p:arg share w:arg ratio? ( than | and ) u:arg than? ( move | difference )+ ask?
        w:arg within p:arg share? ratio ( than | and ) u:arg than? ( move | difference )+ ask?
        p:arg ratio t:arg ( and | than | to ) u:arg than? ( move | difference )+ ask?
        p:arg ratio ( than | and ) u:arg than? ( move | difference )+ ask?
        p:arg share w:arg ratio? from? t:arg to u:arg ( move | difference )+ ask?
    """,
    since: """
        a:arg since ( a2:arg )? move ask?
        s:list from t:arg each? move ask?
        t:arg since s:list each? move ask?
        a:arg from t:arg since move ask?
        from t:arg since s:list each? move ask?
        s:list from? t:arg since each? move ask?
    """,
    spans: """
        from? a:arg to b:list each? sum? move ask?
        from? a:arg to b:arg s:list each? sum? move ask?
        s:list from a:arg ( to | up to | beyond ) b:arg each? move ask?
        s:list a:arg to b:arg each? move ask?
        from? a:arg to b:arg s:arg move s2:arg ask?
        s:list growth and s2:list growth a:arg to b:arg
        from? a:arg since? to b:arg move s:list ask?
        from? a:arg since to b:list each? sum? move ask?
        from a:arg since? to b:arg s:list each? move ask?
        s:list from a:arg since? to b:arg each? move ask?
        s:list growth a:arg to b:arg
        s:list from a:arg up|down ( to | beyond )? b:arg move? ask?
        s:list from? a:arg to b:arg each? difference ask?
        from? a:arg to b:list each? difference ask?
    """,
    yearly: """
        a:list each? yoy|mom each? move? ratio? ask?
        yoy|mom move? ask?
        a:list each? move yoy|mom ask?
        a:list each? than? yoy|mom move ask?
    """,
    compared: """
        a:arg and b:arg which s:arg move ( difference ask )?
        a:arg than b:arg move s:arg ask?
        which s:arg move a:arg and b:arg
        a:arg and b:arg which move ( difference ask )?
        a:arg and|than b:arg each? same yesno?
        and b:arg than s:list each? ( move | difference )* ask?
        than b:arg s:list each? ( move | difference )+ ask?
        than b:arg and? than s:list each? ( move | difference )+ ask?
        a:arg than b:arg s:list each? ( move | difference )+ ask?
        a:arg and b:arg than? s:list each? ( move | difference )+ ask?
        a:arg and b:arg which s:arg move ( move? ask )?
        a:arg and b:arg than? which s:arg move ( move? ask )?
        o:arg within a:arg than b:arg ( move | difference )+ ask?
        a:arg than b:arg move again:arg ask?
        than b:arg move ask? a:arg
        a:arg b:arg which move ( move? ask )?
        a:arg move and b:arg move ( move? ask )?
        a:list each? than b:list each? ( move | difference )* ask?
        a:list each? move ask? than b:arg
        a:list each? move ask? and b:arg than
        a:list and b:arg than each? ( move | difference )* ask?
        a:arg and|to|over b:arg than? each? difference+ ask? ( move ask? )?
        a:arg minus b:arg ask?
        a:arg minus b:arg counted? ask?
        than b:list each? ( move | difference )+ ask?
        and b:arg than? ( move | difference )+ ask?
        a:arg and b:arg which move move? ask?
        a:arg and b:arg move ask?
        which a:arg move and b:arg
        a:arg and b:arg than which move ( move? ask )?
        a:arg than which move b:arg
        a:arg than b:arg
        a:arg than b:arg which move ask?
    """,
    multiples: """
        a:number is b:arg
        a:arg is b:arg
        a:arg and|than b:arg versus ask?
        a:arg and b:arg than ask?
        b2:arg versus
        a:arg than b:arg doubled ask?
        a:arg than b:arg doubled up? ask?
        than b:arg doubled ask?
        a:arg than b:arg times
        a:arg and b:arg times ask?
        a:arg doubled ask?
    """,
    owned_average: """
        o:arg average? ask d:per
        o:arg average? d:per average? n:list each? ask?
        o:arg average? d:per average? ask
    """,
    averaged: """
        average? d:per average? sum? n:list each? average? ask?
        n:list average? sum? to? d:per average? each? ask?
        average v:arg d:per n:list ask?
        d:arg average n:list ask?
        average n:list to? d:per ask?
        n:list average? ( to | beyond )? d:per average? ask?
        average? d:per average? ask?
        n:list average? beyond? d:per each? ask?
        average? sum? n:list counted? average? d:per ask?
        d:per n:list average each? ask?
    """,
    divided: """
        a:arg|number over b:arg|number ask?
    """,
    over_time: """
        average? n:list each? average? pertime average? each? sum? ask?
        pertime average? n:list each? ask?
        average? pertime average? n:list each? ask?
        average? pertime average? ask?
        n:list pertime n2:arg ask?
    """,
    named_average: """
        average n:list each? ask?
        n:list each? average ask?
    """,
    ranked: """
        class? a:arg class? within? class? which? max|min which? ask?
        class? a:several class? within? class? which? max|min which? ask?
        which a:arg max|min ask?
        a:arg class? which max|min ask?
        a:arg within? max|min which ask?
        a:arg within which max|min ask?
        a:list rank+ max? ask?
        a:arg class rank ask?
        a:several class? within? which max|min ask?
        a:arg max|min and b:arg max|min
        a:arg class? max|min ask?
        which? max|min which? ask?
        a:arg which max|min ask?
        a:arg class by? a2:arg rank
        which? max|min a:arg which? ask?
        a:several by? rank
        a:list by? ask? rank
        a:list by ask rank ask?
        a:arg within max|min class? ask?
        a:several class within? max|min which? ask?
        a:several and? which? within? max|min ask?
        a:arg class which? max|min ask?
    """,
    composed: """
        a:arg parts_of each? ask?
        a:arg class each ask?
        a:arg class? parts_of each? ask?
        each? parts_of ask?
        a:arg parts_of each ask
        a:arg list each ask?
        class? a:arg each ask?
        a:arg class? listing each? ask?
        among? each parts_of ask?
    """,
    trends: """
        a:arg trend ask?
        a:arg each? trend
        trend ask?
    """,
    sum_gap: """
        a:arg and class ( and | than )? difference ask?
        a:arg ( and | than ) class sum ( and | than )? difference ask?
        a:arg class sum ( and | than )? difference ask?
        class? a:arg sum ( and | than )? difference ask?
        a:arg and sum difference ask?
        a:arg class sum ( and | than ) more|less ask?
        a:arg than more|less|difference ask?
        class? a:arg and difference ask?
    """,
    whole_gap: """
        a:arg ( and | than ) p:several sum? difference|more ask?
        p:several sum? ( and | than ) a:arg difference|less ask?
        a:arg minus p:several ask?
        a:arg minus p:arg minus p2:arg ask?
    """,
    remainder: """
        w:arg within? except p:heap after? outside? ask?
        except p:heap outside? and? outside? w:arg outside? ask?
        w:arg within? p:list outside outside? ask?
        w:arg minus p:heap after? outside ask?
        w:arg outside p:list outside? ask?
        except p:heap outside? outside? and? ask?
        p:list outside outside? ask?
        w:arg within? except p:heap after? and? ask?
        p:list outside and? w:arg ask?
        w:arg within? except p:heap outside and? outside? ask?
        except p:heap outside? and? w:arg and? ask?
    """,
    left_over: """
        to_go|outside|difference ask?
        difference ask?
    """,
    within: """
        a:arg within sum? b:list each? sum? ask?
        a:arg within ask b:list
        a:arg among b:list each? sum? ask?
        a:arg within each? b:list ask?
        a:arg within outside b:list ask?
        a:arg each? b:arg ask?
        a:arg b:several each? ask?
    """,
    sums: """
        a:several sum t:arg ask?
        a:several t:arg ask?
        sum a:list ask?
        a:list sum ask?
        a:list each? sum each? ask?
        a:arg plus b:arg sum? ask?
        a:arg plus b:arg plus c:arg sum? ask?
        sum a:heap ask?
        a:several ask? sum ask?
        class? a:arg class? sum ask?
        a:heap sum ask?
        class sum? a:arg ask?
        a:arg class sum ask?
        sum class a:arg ask?
        class a:arg sum? ask?
    """,
    moved: """
        a:list each? minus ask
        a:list each? move ask?
        move ask?
        a:arg from? move and? move?
        move a:arg
        a:list growth each? ask?
        a:arg growth and b2:arg growth each? ask?
    """,
    again: """
        ask
    """,
    both_dates: """
        both move s:list ask?
        both s:list each? ( move | difference )+ ask?
        s:list both each? ( move | difference )+ ask?
    """,
    totalled: """
        sum ask?
        sum
    """,
    turned: """
        a:arg ask b:arg
        ask a:arg
        a:arg b:arg
    """,
    values: """
        sum? among? a:heap each ask?
        sum? each? a:list each? yesno? ask? yesno?
        outside? a:arg ask?
        among? sum? a:list ask?
        sum? ( among | within )? a:asked
        a:asked ( and? ask )+
        a:arg ( and? ask )+
        a:list sum? each? ask? yesno?
        yesno a:list ask?
        a:list and? outside ask?
        a:list beyond ask
        a:list sum beyond ask
    """,
}
"""A line is a sentence, and in this order they are tried: the more particular first."""

RULES: tuple[Rule, ...] = tuple(
    rule(line.strip(), build) for build, lines in _SENTENCES.items() for line in lines.strip().splitlines()
)
"""A rule whose meaning does not hold of the arguments it took gives way to the next."""
