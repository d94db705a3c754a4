"""What a cluster holds before Django comes: the logins, the database, and its mark."""

from clinic.launcher import binaries, messages
from clinic.launcher.cluster import Cluster
from clinic.launcher.trouble import Trouble
from clinic.roles import ROLES

MARK = "afterward demo"
EXTENSIONS = ("btree_gist", "pg_trgm", "citext")


def psql(cluster: Cluster, statements: str, database: str = "postgres") -> str:
    """Run statements as the cluster's superuser, and give the answer's plain text."""
    where = ["-h", str(cluster.socket), "-U", "postgres", "-d", database]
    answer = binaries.run("psql", *where, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", told=statements)
    if answer.returncode != 0:
        said = messages.of_output(answer.stderr)
        raise Trouble(said or f"PostgreSQL refused: {messages.last_line(answer.stderr)}.")
    return answer.stdout.strip()


def role_statements() -> str:
    """Create the missing logins. Only the backup's looks past row-level security, and it only reads."""
    statements = [
        f"SELECT 'CREATE ROLE {name} LOGIN' WHERE NOT EXISTS "  # noqa: S608 - names of our own, checked in clinic.roles.
        f"(SELECT FROM pg_roles WHERE rolname = '{name}')\\gexec"
        for name in ROLES.values()
    ]
    statements.append(f"ALTER ROLE {ROLES['backup']} BYPASSRLS; GRANT pg_read_all_data TO {ROLES['backup']};")
    return "\n".join(statements)


def make_roles(cluster: Cluster) -> None:
    """The logins alone, for a server on which the tests make their own databases."""
    psql(cluster, role_statements())


def make_database(cluster: Cluster, name: str = "afterward") -> bool:
    """The logins and the demo's database. Whether this call made the database."""
    mark = f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{name}';"  # noqa: S608
    if psql(cluster, f"{role_statements()}\n{mark}") == MARK:
        return False
    psql(cluster, f"DROP DATABASE IF EXISTS {name};\nCREATE DATABASE {name} OWNER {ROLES['owner']};")
    # A trusted extension is made by the owner of the database; no superuser is needed.
    create = "".join(f"CREATE EXTENSION IF NOT EXISTS {extension};\n" for extension in EXTENSIONS)
    psql(cluster, f"SET ROLE {ROLES['owner']};\n{create}", name)
    # The mark comes last: a database without it is half-made, and is made again.
    psql(cluster, f"COMMENT ON DATABASE {name} IS '{MARK}';")
    return True
