"""What the routes are given: the open desk, and the person who asks."""

from typing import Annotated

from fastapi import Depends, Request

from api.access import Access
from api.opening import Opening
from assistant.desk import Desk


def opening(request: Request) -> Opening:
    found: Opening = request.app.state.opening
    return found


def the_desk(state: Annotated[Opening, Depends(opening)]) -> Desk:
    """The desk, or a 503 with the reason until it is open."""
    return state.desk()


def access(request: Request) -> Access:
    found: Access = request.app.state.access
    return found


def person(request: Request, gate: Annotated[Access, Depends(access)]) -> str:
    """Who asks; 401 when nobody is signed in."""
    return gate.require(request)


TheDesk = Annotated[Desk, Depends(the_desk)]
Person = Annotated[str, Depends(person)]
Gate = Annotated[Access, Depends(access)]
TheOpening = Annotated[Opening, Depends(opening)]
