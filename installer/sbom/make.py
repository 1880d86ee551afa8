"""make.py BUILD: lists what the packages in BUILD/out are made of, as SPDX 2.3 in JSON, in
BUILD/out/quaygate-VERSION-SYSTEM.spdx.json.

Described are the packages themselves. They are generated from Quaygate's commit and depend on the
packages of the system whose libraries the program is linked with; the tar.gz contains libraries, and
names them in a list of its own. Nothing in it depends on when or where it is made.
"""

import datetime
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

HOMEPAGE = "https://github.com/quaygate/quaygate"
PURPOSES = {".deb": "INSTALL", ".rpm": "INSTALL", ".tar.gz": "ARCHIVE"}
UNKNOWN = "NOASSERTION"


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def os_release():
    lines = pathlib.Path("/etc/os-release").read_text().splitlines()
    pairs = (line.split("=", 1) for line in lines if "=" in line)
    return {name: value.strip('"') for name, value in pairs}


def linked_libraries(program):
    """The files of the libraries that the program itself names."""
    needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", output("readelf", "-d", program)))
    found = dict(re.findall(r"^\s+(\S+) => (/\S+) \(", output("ldd", program), re.MULTILINE))
    return [found[name] for name in sorted(needed) if name in found]


def debian_package(file):
    for path in (os.path.realpath(file), file, file.removeprefix("/usr")):
        asked = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            name = asked.stdout.split(": ")[0]
            form = "${Package} ${Version} ${source:Package} ${source:Version} ${Architecture}"
            return output("dpkg-query", "-W", "-f", form, name).split()
    raise SystemExit(f"{file} is of no package")


def rpm_package(file):
    form = "%{NAME} %{EVR} %{SOURCERPM} %{EVR} %{ARCH}"
    return output("rpm", "-qf", "--qf", form, os.path.realpath(file)).split()


def package_of(file):
    return tuple(debian_package(file) if shutil.which("dpkg-query") else rpm_package(file))


def bundled_packages(archive):
    with tarfile.open(archive) as tar:
        member = next(one for one in tar if one.name.endswith("/libraries/VERSIONS"))
        lines = tar.extractfile(member).read().decode().splitlines()
    return [tuple(line.split()) for line in lines]


def identifier(name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)


def library(package, system):
    name, version, source, source_version, architecture = package
    kind = "deb" if shutil.which("dpkg-query") else "rpm"
    distro = f"{system['ID']}-{system.get('VERSION_ID', '')}"
    quoted = version.replace("+", "%2B").replace(":", "%3A").replace("~", "%7E")
    return {
        "SPDXID": identifier(f"library-{name}"),
        "name": name,
        "versionInfo": version,
        "supplier": f"Organization: {system.get('NAME', system['ID'])}",
        "downloadLocation": UNKNOWN,
        "filesAnalyzed": False,
        "sourceInfo": f"built from the source package {source} {source_version}",
        "licenseConcluded": UNKNOWN,
        "licenseDeclared": UNKNOWN,
        "copyrightText": UNKNOWN,
        "primaryPackagePurpose": "LIBRARY",
        "externalRefs": [{
            "referenceCategory": "PACKAGE-MANAGER",
            "referenceType": "purl",
            "referenceLocator": f"pkg:{kind}/{system['ID']}/{name}@{quoted}?arch={architecture}&distro={distro}",
        }],
    }


def own(name, version, location, purpose, **more):
    return {
        "SPDXID": identifier(name),
        "name": name,
        "versionInfo": version,
        "supplier": "Organization: Quaygate",
        "downloadLocation": location,
        "filesAnalyzed": False,
        "licenseConcluded": "GPL-3.0-or-later",
        "licenseDeclared": "GPL-3.0-or-later",
        "copyrightText": "2026 The Quaygate contributors",
        "primaryPackagePurpose": purpose,
        **more,
    }


def relation(of, kind, to):
    return {"spdxElementId": of, "relationshipType": kind, "relatedSpdxElement": to}


def document(build, version, commit, made):
    system = os_release()
    parts = build / "out"
    files = sorted(file for file in parts.iterdir() if file.name.endswith(tuple(PURPOSES)))
    linked = sorted({package_of(file) for file in linked_libraries(build / "app/quaygate")})
    source = own("quaygate", version, f"git+{HOMEPAGE}@{commit}", "APPLICATION")
    packages, relations, libraries = [source], [], set(linked)
    for file in files:
        suffix = next(end for end in PURPOSES if file.name.endswith(end))
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        package = own(file.name, version, UNKNOWN, PURPOSES[suffix], packageFileName=file.name,
                      checksums=[{"algorithm": "SHA256", "checksumValue": digest}])
        packages.append(package)
        inside = set(bundled_packages(file)) if suffix == ".tar.gz" else set()
        libraries |= inside
        it = package["SPDXID"]
        relations.append(relation("SPDXRef-DOCUMENT", "DESCRIBES", it))
        relations.append(relation(it, "GENERATED_FROM", source["SPDXID"]))
        for kind, those in (("CONTAINS", inside), ("DEPENDS_ON", set(linked) - inside)):
            relations += [relation(it, kind, identifier(f"library-{one[0]}")) for one in sorted(those)]
    packages += [library(one, system) for one in sorted(libraries)]
    content = json.dumps([packages, relations], sort_keys=True).encode()
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"quaygate-{version}",
        "documentNamespace": f"{HOMEPAGE}/spdx/{version}-{hashlib.sha256(content).hexdigest()}",
        "creationInfo": {"created": made, "creators": ["Organization: Quaygate", f"Tool: quaygate-sbom-{version}"]},
        "packages": packages,
        "relationships": relations,
    }


def main():
    build = pathlib.Path(sys.argv[1])
    cache = (build / "CMakeCache.txt").read_text()
    version = re.search(r"^CMAKE_PROJECT_VERSION:STATIC=(.*)$", cache, re.MULTILINE).group(1)
    moment = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    made = document(build, version, os.environ["QUAYGATE_COMMIT"], moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    system = os_release()
    name = f"quaygate-{version}-{system['ID']}{system.get('VERSION_ID', '')}.spdx.json"
    (build / "out" / name).write_text(json.dumps(made, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
