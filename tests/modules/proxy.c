/*
 * A PKCS#11 module that passes every call on to another one, REAL, except for what it is compiled to do:
 *
 *   DIE_AFTER=n        the process is killed once n objects have been destroyed
 *   SIGNING_GIVES=rv   C_Sign answers that CK_RV and signs nothing
 *
 * The names are those of PKCS #11 2.40; the list of functions is as that standard lays it out.
 */
#include <dlfcn.h>
#include <signal.h>

typedef unsigned long ck_ulong;
typedef ck_ulong (*destroy_object)(ck_ulong session, ck_ulong object);

enum { GENERAL_ERROR = 5, DESTROY_OBJECT = 22, SIGN = 43, FUNCTIONS = 68 };

struct function_list {
    unsigned char version[2];
    void *functions[FUNCTIONS];
};

static struct function_list own;

#ifdef DIE_AFTER
static destroy_object really_destroy;
static int destroyed;

static ck_ulong C_DestroyObject(ck_ulong session, ck_ulong object)
{
    ck_ulong result = really_destroy(session, object);
    if (result == 0 && ++destroyed == DIE_AFTER)
        raise(SIGKILL);
    return result;
}
#endif

#ifdef SIGNING_GIVES
static ck_ulong C_Sign(ck_ulong session, void *data, ck_ulong data_length, void *signature, ck_ulong *length)
{
    (void)session, (void)data, (void)data_length, (void)signature, (void)length;
    return SIGNING_GIVES;
}
#endif

ck_ulong C_GetFunctionList(struct function_list **list)
{
    void *real = dlopen(REAL, RTLD_NOW | RTLD_LOCAL);
    ck_ulong (*get)(struct function_list **) = real ? dlsym(real, "C_GetFunctionList") : 0;
    struct function_list *theirs;
    if (!get || get(&theirs) != 0)
        return GENERAL_ERROR;
    own = *theirs;
#ifdef DIE_AFTER
    really_destroy = own.functions[DESTROY_OBJECT];
    own.functions[DESTROY_OBJECT] = C_DestroyObject;
#endif
#ifdef SIGNING_GIVES
    own.functions[SIGN] = C_Sign;
#endif
    *list = &own;
    return 0;
}
