// Writes the application of the README, with the project around it that start.spring.io makes:
//   node write-application.mjs ROOT FOLDER
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [root, folder] = process.argv.slice(2);
const text = readFileSync(join(root, "README.md"), "utf8");
const [, springBoot] = readFileSync(join(root, "pom.xml"), "utf8").match(/<spring-boot\.version>(.*?)</);

function block(language, holds) {
  const blocks = [...text.matchAll(new RegExp("```" + language + "\\n(.*?)```", "gs"))].map(([, code]) => code);
  const found = blocks.filter((code) => code.includes(holds));
  if (found.length !== 1) throw new Error(`README.md has ${found.length} blocks of ${language} with ${holds}, not one.`);
  return found[0];
}

function write(path, content) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const spring = (name, scope = "") => `    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>${name}</artifactId>${scope && `\n      <scope>${scope}</scope>`}
    </dependency>
`;
const handoff = block("xml", "<artifactId>handoff-spring-boot-starter</artifactId>");
const [starter] = handoff.match(/<dependency>\s*<groupId>dev\.handoff.*?<\/dependency>/s);
const starterForTests = starter
  .replace("handoff-spring-boot-starter", "handoff-spring-boot-starter-test")
  .replace("</dependency>", "<scope>test</scope></dependency>");

write(
  "pom.xml",
  `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>${springBoot}</version>
    <relativePath/>
  </parent>
  <groupId>com.example</groupId>
  <artifactId>answers</artifactId>
  <version>0.0.1-SNAPSHOT</version>
  <properties>
    <java.version>25</java.version>
  </properties>
  <dependencies>
${spring("spring-boot-starter-jdbc")}${spring("spring-boot-starter-webmvc")}${spring("spring-boot-starter-jdbc-test", "test")}${spring("spring-boot-starter-webmvc-test", "test")}${handoff}
${starterForTests}
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <groupId>org.springframework.boot</groupId>
        <artifactId>spring-boot-maven-plugin</artifactId>
      </plugin>
    </plugins>
  </build>
</project>
`,
);
write(
  "src/main/java/com/example/answers/AnswersApplication.java",
  `package com.example.answers;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class AnswersApplication {
  public static void main(String[] args) {
    SpringApplication.run(AnswersApplication.class, args);
  }
}
`,
);
write("src/main/resources/application.properties", "spring.application.name=answers\n");
write("src/main/java/com/example/answers/AnswerService.java", block("java", "class AnswerService {"));
write("src/test/java/com/example/answers/AnswerServiceTest.java", block("java", "class AnswerServiceTest {"));
