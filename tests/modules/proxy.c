/*
 * A PKCS#11 module that passes every call on to another one, REAL, except for what it is compiled to do:
 *
 *   DIE_AFTER=n        the process is killed once n objects have been destroyed
 *   DIE_CHANGING=n     the process is killed once it has changed the token n times: made a key pair or an object, or set
 *                      attributes of one
 *   SIGNING_GIVES=rv   C_Sign answers that CK_RV and signs nothing
 *
 * The names are those of PKCS #11 2.40; the list of functions is as that standard lays it out.
 */
#include <dlfcn.h>
#include <signal.h>

typedef unsigned long ck_ulong;
typedef ck_ulong (*destroy_object)(ck_ulong session, ck_ulong object);

enum {
    GENERAL_ERROR = 5,
    CREATE_OBJECT = 20,
    DESTROY_OBJECT = 22,
    SET_ATTRIBUTE_VALUE = 25,
    SIGN = 43,
    GENERATE_KEY_PAIR = 59,
    FUNCTIONS = 68
};

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

#ifdef DIE_CHANGING
static ck_ulong (*really_create)(ck_ulong, void *, ck_ulong, ck_ulong *);
static ck_ulong (*really_set)(ck_ulong, ck_ulong, void *, ck_ulong);
static ck_ulong (*really_generate)(ck_ulong, void *, void *, ck_ulong, void *, ck_ulong, ck_ulong *, ck_ulong *);
static int changes;

static ck_ulong changed(ck_ulong result)
{
    if (result == 0 && ++changes == DIE_CHANGING)
        raise(SIGKILL);
    return result;
}

static ck_ulong C_CreateObject(ck_ulong session, void *template, ck_ulong count, ck_ulong *object)
{
    return changed(really_create(session, template, count, object));
}

static ck_ulong C_SetAttributeValue(ck_ulong session, ck_ulong object, void *template, ck_ulong count)
{
    return changed(really_set(session, object, template, count));
}

static ck_ulong C_GenerateKeyPair(ck_ulong session, void *mechanism, void *public_template, ck_ulong public_count,
                                  void *private_template, ck_ulong private_count, ck_ulong *public_key,
                                  ck_ulong *private_key)
{
    return changed(really_generate(session, mechanism, public_template, public_count, private_template, private_count,
                                   public_key, private_key));
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
#ifdef DIE_CHANGING
    really_create = own.functions[CREATE_OBJECT];
    really_set = own.functions[SET_ATTRIBUTE_VALUE];
    really_generate = own.functions[GENERATE_KEY_PAIR];
    own.functions[CREATE_OBJECT] = C_CreateObject;
    own.functions[SET_ATTRIBUTE_VALUE] = C_SetAttributeValue;
    own.functions[GENERATE_KEY_PAIR] = C_GenerateKeyPair;
#endif
#ifdef SIGNING_GIVES
    own.functions[SIGN] = C_Sign;
#endif
    *list = &own;
    return 0;
}
