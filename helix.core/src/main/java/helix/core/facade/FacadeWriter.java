package helix.core.facade;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import helix.core.gate.DepthWord;
import helix.core.gate.Gate;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Writes the facade class of a contract. Each method of the contract, inherited, default and bridge ones too, becomes
 *
 * <pre>{@code
 * DepthWord word = gate.word();
 * int depth = word.depth();
 * try {
 *     return ((Contract) gate.enter(word, depth)).method(arguments);
 * } finally {
 *     word.lower(depth);
 * }
 * }</pre>
 *
 * <p>Entering stands inside the {@code try}: lowering to the depth read before is right whether or not it took place.
 */
final class FacadeWriter {

    private static final String SUPER = Type.getInternalName(Facade.class);
    private static final String GATE = Type.getInternalName(Gate.class);
    private static final String WORD = Type.getInternalName(DepthWord.class);
    private static final String CONSTRUCTOR =
            Type.getMethodDescriptor(Type.VOID_TYPE, Type.getType(Gate.class), Type.getType(String.class));

    private final Class<?> contract;
    private final String contractName;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS | ClassWriter.COMPUTE_FRAMES) {
        @Override
        protected String getCommonSuperClass(String one, String other) {
            // the generated code merges no two different types; nothing needs to be loaded to find that out
            return "java/lang/Object";
        }
    };

    FacadeWriter(Class<?> contract) {
        this.contract = contract;
        this.contractName = Type.getInternalName(contract);
    }

    byte[] write(String className) {
        writer.visit(
                V17, ACC_PUBLIC | ACC_FINAL, className.replace('.', '/'), null, SUPER, new String[] {contractName});
        writeConstructor();
        Set<String> written = new HashSet<>();
        for (Method method : contract.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())
                    && !isOfObject(method)
                    && written.add(method.getName() + Type.getMethodDescriptor(method))) {
                write(method);
            }
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** An interface may declare {@code equals} and its kin; the facade has its own. */
    private static boolean isOfObject(Method method) {
        try {
            return Modifier.isPublic(Object.class
                    .getMethod(method.getName(), method.getParameterTypes())
                    .getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private void writeConstructor() {
        MethodVisitor code = writer.visitMethod(ACC_PUBLIC, "<init>", CONSTRUCTOR, null, null);
        code.visitCode();
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 1);
        code.visitVarInsn(ALOAD, 2);
        code.visitMethodInsn(INVOKESPECIAL, SUPER, "<init>", CONSTRUCTOR, false);
        code.visitInsn(RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void write(Method method) {
        Type[] parameters = Type.getArgumentTypes(method);
        Type result = Type.getReturnType(method);
        String descriptor = Type.getMethodDescriptor(method);
        int word = 1;
        for (Type parameter : parameters) {
            word += parameter.getSize();
        }
        int depth = word + 1;
        int value = depth + 1;
        Label begin = new Label();
        Label end = new Label();
        Label failed = new Label();

        MethodVisitor code = writer.visitMethod(
                ACC_PUBLIC | ACC_FINAL, method.getName(), descriptor, null, internalNames(method.getExceptionTypes()));
        code.visitCode();
        code.visitTryCatchBlock(begin, end, failed, null);
        loadGate(code);
        code.visitMethodInsn(INVOKEVIRTUAL, GATE, "word", "()L" + WORD + ";", false);
        code.visitVarInsn(ASTORE, word);
        code.visitVarInsn(ALOAD, word);
        code.visitMethodInsn(INVOKEVIRTUAL, WORD, "depth", "()I", false);
        code.visitVarInsn(ISTORE, depth);
        code.visitLabel(begin);
        loadGate(code);
        code.visitVarInsn(ALOAD, word);
        code.visitVarInsn(ILOAD, depth);
        code.visitMethodInsn(INVOKEVIRTUAL, GATE, "enter", "(L" + WORD + ";I)Ljava/lang/Object;", false);
        code.visitTypeInsn(CHECKCAST, contractName);
        int local = 1;
        for (Type parameter : parameters) {
            code.visitVarInsn(parameter.getOpcode(ILOAD), local);
            local += parameter.getSize();
        }
        code.visitMethodInsn(INVOKEINTERFACE, contractName, method.getName(), descriptor, true);
        if (result.getSize() > 0) {
            code.visitVarInsn(result.getOpcode(ISTORE), value);
        }
        code.visitLabel(end);
        lower(code, word, depth);
        if (result.getSize() > 0) {
            code.visitVarInsn(result.getOpcode(ILOAD), value);
        }
        code.visitInsn(result.getOpcode(IRETURN));
        code.visitLabel(failed);
        code.visitVarInsn(ASTORE, value);
        lower(code, word, depth);
        code.visitVarInsn(ALOAD, value);
        code.visitInsn(ATHROW);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void loadGate(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, SUPER, "gate", "L" + GATE + ";");
    }

    private static void lower(MethodVisitor code, int word, int depth) {
        code.visitVarInsn(ALOAD, word);
        code.visitVarInsn(ILOAD, depth);
        code.visitMethodInsn(INVOKEVIRTUAL, WORD, "lower", "(I)V", false);
    }

    private static String[] internalNames(Class<?>[] types) {
        String[] names = new String[types.length];
        for (int i = 0; i < types.length; i++) {
            names[i] = Type.getInternalName(types[i]);
        }
        return names;
    }
}
