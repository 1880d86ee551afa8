# What every target of ours is compiled with: warnings are errors here, never in the code of others.
add_library(quaygate_compiler INTERFACE)
target_compile_definitions(quaygate_compiler INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH
    QUAYGATE_VERSION="${PROJECT_VERSION}")
target_include_directories(quaygate_compiler INTERFACE ${PROJECT_SOURCE_DIR})

if(MSVC)
    target_compile_options(quaygate_compiler INTERFACE /W4 /WX /utf-8 /permissive-)
else()
    target_compile_options(quaygate_compiler INTERFACE
        -Wall -Wextra -Werror -Wpedantic -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual)
endif()

# What a person installs: hardened as distributions do it, and the same bytes wherever it is built.
option(QUAYGATE_SHIPPED "Compile what is shipped: hardened, without paths of this machine" OFF)
if(QUAYGATE_SHIPPED AND NOT MSVC)
    include(CheckPIESupported)
    check_pie_supported()
    set(CMAKE_POSITION_INDEPENDENT_CODE ON)
    add_compile_options(-fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
        -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
    if(NOT APPLE)
        add_compile_options(-fstack-clash-protection)
        add_link_options(-Wl,-z,relro -Wl,-z,now)
        if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|amd64|AMD64)$")
            add_compile_options(-fcf-protection)
        endif()
    endif()
endif()

if(QUAYGATE_SANITIZE)
    add_compile_options(-fsanitize=${QUAYGATE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -O1)
    add_link_options(-fsanitize=${QUAYGATE_SANITIZE})
endif()

find_program(QUAYGATE_CCACHE ccache)
if(QUAYGATE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${QUAYGATE_CCACHE})
endif()
find_program(QUAYGATE_MOLD mold)
if(QUAYGATE_MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_link_options(-fuse-ld=mold)
endif()
