#include "gateway/simulator/file_store.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

QJsonObject StoredFile::json() const {
    QJsonObject object{{u"object"_s, u"file"_s},     {u"id"_s, id},
                       {u"filename"_s, name},        {u"purpose"_s, purpose},
                       {u"bytes"_s, bytes.size()},   {u"created_at"_s, created},
                       {u"status"_s, u"processed"_s}};
    if (expires > 0)
        object[u"expires_at"] = expires;
    return object;
}

bool FileStore::add(StoredFile file) {
    if (m_files.size() == mostFiles || m_bytes + file.bytes.size() > mostBytes)
        return false;
    m_bytes += file.bytes.size();
    m_files.push_back(std::move(file));
    return true;
}

const StoredFile *FileStore::find(QStringView id) const {
    const auto found = std::find_if(m_files.begin(), m_files.end(),
                                    [id](const StoredFile &file) { return file.id == id; });
    return found == m_files.end() ? nullptr : &*found;
}

bool FileStore::remove(QStringView id) {
    const StoredFile *const file = find(id);
    if (!file)
        return false;
    m_bytes -= file->bytes.size();
    m_files.remove_if([file](const StoredFile &each) { return &each == file; });
    return true;
}

QJsonArray FileStore::list(QStringView purpose) const {
    QJsonArray files;
    for (const StoredFile &file : m_files) {
        if (purpose.isEmpty() || file.purpose == purpose)
            files.append(file.json());
    }
    return files;
}

} // namespace quaygate::simulator
