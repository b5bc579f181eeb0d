"""What the tables hold of persons, column by column, as the models declare it. Frozen values out."""

from survey.domain.privacy import NOTHING, Column, Whose
from survey.models import Base
from survey.models.privacy import OF_NOBODY, OF_PERSONS


def columns() -> tuple[Column, ...]:
    """Every column of every table, in the order of their names."""
    return tuple(
        Column(table.name, column.name, OF_PERSONS.get(table.name, {}).get(column.name, NOTHING))
        for table in sorted(Base.metadata.sorted_tables, key=lambda table: table.name)
        for column in table.columns
    )


def of_persons(whose: Whose) -> tuple[Column, ...]:
    """The columns that hold something of these persons."""
    return tuple(column for column in columns() if column.holding.whose is whose)


def unclassified() -> tuple[str, ...]:
    """Tables and columns of which nothing is declared, and declarations of what is not there: both must be none."""
    tables = {table.name: {column.name for column in table.columns} for table in Base.metadata.sorted_tables}
    named = OF_NOBODY.keys() | OF_PERSONS.keys()
    wrong = [f"{name} is not declared" for name in tables.keys() - named]
    wrong += [f"{name} is no table" for name in named - tables.keys()]
    for name, declared in OF_PERSONS.items():
        wrong += [f"{name}.{column}" for column in declared.keys() ^ tables.get(name, set())]
    return tuple(sorted(wrong))
