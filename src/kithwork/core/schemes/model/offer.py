"""What a scheme is and offers: its levels, its credential and the duties of a holder, its fees, its papers."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, StrictBool, StrictInt, model_validator

from kithwork.core.days import Period
from kithwork.core.schemes.model.kinds import Condition, Kept, Part, Role, Short, Slug, Text


class About(Part):
    slug: Slug
    edition: Slug
    name: Short
    body: Short
    applicant: Literal["service", "person"]
    summary: Text
    who_for: Text | None = None
    benefits: tuple[Text, ...] = ()
    source: Short
    calendar: Literal["england", "scotland", "wales", "northern-ireland"] = "england"
    assessor_from: Condition | None = None  # when the body must have appointed an assessor
    assessors: StrictInt = Field(default=1, ge=1, le=5)  # how many judge one journey
    supersedes: Slug | None = None  # the edition that this one replaces; see `Requirement.was`


class Words(Part):
    """The scheme's own words for the house's things; pages show these."""

    requirement: Short = "requirement"
    requirements: Short = "requirements"
    area: Short = "area"
    areas: Short = "areas"
    level: Short = "level"
    assessor: Short = "assessor"


class Privacy(Part):
    """What becomes of what the applicant brings to the privacy gate: how long originals are kept, what may stay."""

    originals: Literal["until decision", "until end"] | Period = "until decision"  # then they are destroyed
    keeps: tuple[Kept, ...] = ()  # found and kept all the same, unless somebody reduces it


class Share(Part):
    """How much of what is asked must be met, in per cent of the requirements' worth; without one, everything."""

    overall: StrictInt = Field(ge=1, le=100)
    each_area: StrictInt = Field(default=0, ge=0, le=100)


class Level(Part):
    id: Slug
    title: Short
    summary: Text | None = None
    includes: tuple[Slug, ...] = ()  # levels whose requirements are asked as well
    share: Share | None = None


class Credential(Part):
    kind: Literal["award", "licence", "status", "completion"]
    valid: Period | None = None
    aiming: Short | None = None  # the words of the public listing before the award
    aiming_from: Condition | None = None
    holds: Short  # the words of the public listing of a holder
    keeps: tuple[Text, ...] = ()  # what the holder must keep up, in words; `duties` are what the house follows
    terms: tuple[Text, ...] = ()  # how badge and logo may be used; the usual terms when left out
    credits: StrictInt | None = Field(default=None, gt=0)  # of higher education
    credit_level: StrictInt | None = Field(default=None, gt=0)
    bank: Short | None = None  # the bank of mentors that a holder may enter

    @property
    def worth(self) -> str:
        """Its credits of higher education in words, '10 credits at level 4'; '' where it carries none."""
        if not self.credits:
            return ""
        level = f" at level {self.credit_level}" if self.credit_level else ""
        return f"{self.credits} credit{'' if self.credits == 1 else 's'}{level}"


class DutyKind(StrEnum):
    KEEP = "keep"  # something that must hold, such as membership; confirmed each time
    REPORT = "report"  # changes that the holder must tell
    SHOW = "show"  # words that the holder must show to others
    GATHER = "gather"  # a gathering to which holders are invited
    HOURS = "hours"  # hours of development to be logged


class Duty(Part):
    """What a holder must do while the credential holds."""

    id: Slug
    kind: DutyKind
    title: Short
    says: Text
    by: Role = Role.APPLICANT  # who records that it is kept
    every: Period | None = None
    hours: StrictInt | None = Field(default=None, gt=0)  # for hours: how many within `every`
    of: tuple[Short, ...] = ()  # for report: what is to be told, such as 'name'
    required: StrictBool = True  # False: recommended only

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.kind is DutyKind.HOURS and (self.hours is None or self.every is None):
            raise ValueError("a duty of hours says how many 'hours' within 'every' which period")
        if self.kind is DutyKind.KEEP and self.every is None:
            raise ValueError("a duty to keep something says 'every' how often it is confirmed")
        if self.kind is DutyKind.REPORT and not self.of:
            raise ValueError("a duty to report says in 'of' what changes are to be told")
        return self


class Paper(Part):
    """A text that goes with the scheme: a handbook, a role description, an agreement, a disclaimer."""

    id: Slug
    title: Short
    sections: tuple[Text, ...] = Field(min_length=1)
    public: StrictBool = True


class Band(Part):
    title: Short
    below: StrictInt | None = Field(default=None, gt=0)  # pounds; None: no upper end
    amount: StrictInt = Field(ge=0)


class Fee(Part):
    id: Slug
    title: Short
    amount: StrictInt | None = Field(default=None, ge=0)
    by: Short | None = None  # the number field of the application that chooses the band
    bands: tuple[Band, ...] = ()
    refundable: StrictBool = True
    by_hand: Text | None = None  # when the price is agreed by hand, in words
    by_hand_when: Short | None = None  # the number field that, when above 1, asks for a price by hand

    @model_validator(mode="after")
    def _one_price(self) -> Self:
        if self.amount is not None and self.bands:
            raise ValueError("a fee has either an amount or bands")
        if self.amount is None and not self.bands and not self.by_hand:
            raise ValueError("a fee has an amount, or bands, or says in 'by_hand' how the price is set")
        if self.bands and not self.by:
            raise ValueError("a fee with bands says 'by' which number of the application they go")
        tops = [band.below for band in self.bands]
        if tops and (tops[-1] is not None or None in tops[:-1]):
            raise ValueError("the last band, and only the last, has no 'below'")
        ends = [top for top in tops if top is not None]
        if ends != sorted(set(ends)):
            raise ValueError("bands go upwards, each 'below' greater than the one before")
        return self

    @property
    def set_by_hand(self) -> bool:
        """A person sets every price: the scheme names none."""
        return self.amount is None and not self.bands

    def band_for(self, number: int) -> Band:
        """The band for a number (pounds of turnover); the ends are 'below', so the limit itself is in the next band."""
        return next(band for band in self.bands if band.below is None or number < band.below)

    def price(self, number: int | None) -> int:
        """Whole pounds. `number` is the application's figure, needed when the fee goes by bands.

        Raises ValueError when it is missing, or when a person sets the price.
        """
        if self.amount is not None:
            return self.amount
        if self.set_by_hand:
            raise ValueError(f"the fee '{self.id}' is set by a person")
        if number is None:
            raise ValueError(f"the fee '{self.id}' needs the figure '{self.by}'")
        return self.band_for(number).amount
