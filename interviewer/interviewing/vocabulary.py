"""The words that an interviewer may use without the candidate having said them: function words and the trade's verbs.

Everything else in a line that a model words must come from the candidate, the question or the rubric. Stems, not forms.
"""

from functools import lru_cache

from interviewer.evidence.stems import stem

_WORDS = """
    a an the this that these those it its they them their you your yours yourself i me my we our us he she his
    her one ones and or but so then than as if because while when where who whom whose which what how why
    whether there here of in on at to from by for with about into onto over under after before during between
    against without within through across up down out off again once more most less least much many some any
    each every both all other another such only just even still yet is are was were be been being am do does
    did done have has had having will would could should can may might must not no say said says mention
    mentioned tell told describe explain walk talk speak spoke go going went come came take took taken give
    gave ask asked answer question word words part parts piece bit thing things kind sort way ways point
    points moment time times first last next second step steps order exactly precisely specific specifically
    particular particularly concrete concretely actual actually really personally person people someone anyone
    nobody everybody own role hand yourself alone individual individually do make made making use used using
    choose chose chosen choice decide decided decision decisions option options alternative alternatives
    consider considered weigh weighed trade off cost costs risk risks reason reasons cause causes caused root
    underlying beneath behind know knew known find found finding look looked check checked see saw seen notice
    noticed learn learned learnt understand figure result results outcome outcomes effect effects impact
    change changed changes happen happened difference different differently measure measured measurement
    number numbers figure figures metric metrics amount size big large small long short fast slow quick
    quickly often before after baseline compare compared comparison start started end ended begin began finish
    finished since until ago later now today situation context place project system example occasion case
    instance story event work worked working team teams colleague colleagues goal aim task stake stakes matter
    mattered need needed want wanted try tried plan planned approach method idea problem issue challenge
    difficulty difficult hard easy main important most biggest key would do again back looking hindsight
    lesson take away help helped lead led responsible responsibility involved contribute contribution
    contributed convince convinced agree disagree disagreed view opinion data evidence let like get got put
    set move moved keep kept leave left turn turned bring brought run ran show showed shown more further
    detail details deeper level briefly short version sentence sentences two sum summarise sure certain
    confident evidence prove proof tell well still either rather instead without along apart aside together
    week month year day hour minute percent
    better worse longer shorter faster slower cheaper bigger smaller higher lower earlier sooner something anything
    somebody everything process manage managed handle handled delivered saved recovered broken fixed solved
    terms overall previous previously improve improved improvement improvements performance difference total average
    fail failed failure failures concern approach percentage amount value quality success progress impact lessons
    specifically following prior original originally initial initially final finally exact together
    lose lost drop dropped decrease decreased increase increased rise rose grow grew implement implemented ownership
    ensure ensured address addressed support supported involve respond responded react reacted act acted avoid avoided
    think thought believe feel felt expect expected assume assumed rate happening going speaking mind imagine
    towards share best stand stood afterwards real lay underneath trouble practice around meant
    consequence given gone
    else otherwise new old experience reach reached achieve achieved succeed success weighed concern concerned
    """.split()


@lru_cache(maxsize=1)
def interviewer_stems() -> frozenset[str]:
    return frozenset(stem(w) for w in _WORDS)
