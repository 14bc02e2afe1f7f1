#define _GNU_SOURCE /* dladdr, posix_spawn_file_actions_addclosefrom_np */
#include "child.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <gst/gst.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

GST_DEBUG_CATEGORY_EXTERN (photofinish_debug);
#define GST_CAT_DEFAULT photofinish_debug

extern char **environ;

/* The number that the socket has in the process. */
#define CHILD_SOCKET 3

/* The socket of the process that runs, for pf_child_forget_in_fork. */
static volatile int live_socket = -1;

char *
pf_child_program (void)
{
  const char *named = g_getenv ("PHOTOFINISH");
  if (named != NULL && *named != 0)
    return g_strdup (named);
  Dl_info info;
  char *program = NULL;
  if (dladdr ((void *) (guintptr) pf_child_program, &info) != 0 && info.dli_fname != NULL) {
    char *folder = g_path_get_dirname (info.dli_fname);
    char *beside = g_build_filename (folder, "..", "..", "photofinish", NULL);
    program = g_canonicalize_filename (beside, NULL);
    g_free (beside);
    g_free (folder);
  }
  if (program != NULL && g_file_test (program, G_FILE_TEST_IS_EXECUTABLE)
      && !g_file_test (program, G_FILE_TEST_IS_DIR))
    return program;
  g_free (program);
  return g_strdup ("photofinish");
}

static int
spawn (const char *program, int socket, int errors, pid_t *pid)
{
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  sigset_t signals;
  char number[4];
  g_snprintf (number, sizeof number, "%d", CHILD_SOCKET);
  char *const arguments[] = {(char *) program, (char *) "gst-source", (char *) "--socket", number,
                             NULL};
  posix_spawn_file_actions_init (&files);
  posix_spawn_file_actions_addopen (&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen (&files, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2 (&files, errors, 2);
  posix_spawn_file_actions_adddup2 (&files, socket, CHILD_SOCKET);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
  /* Descriptors that the host forgot to close on exec would stay open as long as the process. */
  posix_spawn_file_actions_addclosefrom_np (&files, CHILD_SOCKET + 1);
#endif
  posix_spawnattr_init (&attributes);
  posix_spawnattr_setflags (&attributes,
      POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setpgroup (&attributes, 0);
  sigemptyset (&signals);
  posix_spawnattr_setsigmask (&attributes, &signals);
  sigfillset (&signals);
  posix_spawnattr_setsigdefault (&attributes, &signals);
  int failure = posix_spawnp (pid, program, &files, &attributes, arguments, environ);
  posix_spawnattr_destroy (&attributes);
  posix_spawn_file_actions_destroy (&files);
  return failure;
}

/* The ends that the process gets must not have the numbers that they are copied to: the first copy
 * would overwrite the second. */
static int
above (int fd)
{
  int moved = fcntl (fd, F_DUPFD_CLOEXEC, CHILD_SOCKET + 1);
  close (fd);
  return moved;
}

PfChild *
pf_child_start (const char *program, GError **error)
{
  int sockets[2], errors[2];
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, sockets) < 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "no socket for %s: %s",
        program, g_strerror (errno));
    return NULL;
  }
  if (pipe2 (errors, O_CLOEXEC) < 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "no pipe for %s: %s",
        program, g_strerror (errno));
    close (sockets[0]);
    close (sockets[1]);
    return NULL;
  }
  sockets[1] = above (sockets[1]);
  errors[1] = above (errors[1]);
  PfChild *child = g_new0 (PfChild, 1);
  child->socket = sockets[0];
  child->errors = errors[0];
  child->started = g_get_monotonic_time ();
  int failure = spawn (program, sockets[1], errors[1], &child->pid);
  close (sockets[1]);
  close (errors[1]);
  if (failure != 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (failure),
        "cannot start %s: %s; set PHOTOFINISH to the path of the photofinish program", program,
        g_strerror (failure));
    child->pid = 0;
    pf_child_free (child);
    return NULL;
  }
  fcntl (child->errors, F_SETFL, O_NONBLOCK);
  live_socket = child->socket;
  GST_INFO ("started %s as process %d", program, (int) child->pid);
  return child;
}

/* What a program writes may be anything: it becomes text that a message on the bus can have and a
 * terminal can show. */
static void
make_text (char *line)
{
  const char *bad = line;
  while (!g_utf8_validate (bad, -1, &bad))
    line[bad - line] = '?';
  for (char *at = line; *at != 0; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      memset (at, '?', (gsize) (g_utf8_next_char (at) - at));
}

static void
end_of_line (PfChild *child)
{
  child->line[child->line_size] = 0;
  make_text (child->line);
  if (child->line_size > 0) {
    GST_DEBUG ("process %d: %s", (int) child->pid, child->line);
    memcpy (child->last_line, child->line, child->line_size + 1);
  }
  child->line_size = 0;
}

void
pf_child_read_errors (PfChild *child)
{
  char text[4096];
  ssize_t size = child->errors < 0 ? 0 : read (child->errors, text, sizeof text);
  if (size < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  for (ssize_t i = 0; i < size; i++) {
    if (text[i] == '\n')
      end_of_line (child);
    else if (child->line_size < sizeof child->line - 1)
      child->line[child->line_size++] = text[i];
  }
  if (size <= 0 && child->errors >= 0) {
    end_of_line (child);
    close (child->errors);
    child->errors = -1;
  }
}

static void
close_socket (PfChild *child)
{
  if (child->socket < 0)
    return;
  if (live_socket == child->socket)
    live_socket = -1;
  close (child->socket);
  child->socket = -1;
}

void
pf_child_leave (PfChild *child, gint64 wait)
{
  close_socket (child);
  child->deadline = g_get_monotonic_time () + wait;
}

gboolean
pf_child_gone (PfChild *child, gint64 now)
{
  int status = 0;
  pid_t reaped = waitpid (child->pid, &status, WNOHANG);
  /* ECHILD: the host reaps all children itself. */
  if (reaped == child->pid || (reaped < 0 && errno == ECHILD)) {
    pf_child_read_errors (child);
    GST_INFO ("process %d ended, status 0x%x", (int) child->pid, (unsigned) status);
    return TRUE;
  }
  if (now >= child->deadline)
    kill (-child->pid, SIGKILL);
  return FALSE;
}

void
pf_child_free (PfChild *child)
{
  close_socket (child);
  if (child->errors >= 0)
    close (child->errors);
  g_free (child);
}

void
pf_child_forget_in_fork (void)
{
  if (live_socket >= 0)
    close (live_socket);
  live_socket = -1;
}
