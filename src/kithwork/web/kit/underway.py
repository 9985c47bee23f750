"""Work that goes on elsewhere, told to the page that waits for it (`kit/underway.html`)."""

from django.http import JsonResponse


def told(*, said: str, over: bool, done: int = 0, of: int = 0) -> JsonResponse:
    """How far it is, in words and numbers (of 0: nobody knows); `over` once there is something else to look at. Never
    kept by a browser.
    """
    answer = JsonResponse({"said": said, "done": done, "of": of, "over": over})
    answer["Cache-Control"] = "no-store"
    return answer
